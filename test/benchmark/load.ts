import autocannon from 'autocannon';

const TIMEOUT_S = 120;

/** How fast an operation was at one concurrency. */
export interface Speed {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly operations: number;
}

/** One request of a load. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: object;
}

/** How much of something is measured: for so long, or, when one takes too long for that, so many. */
export interface Load {
  readonly concurrency: number;
  readonly durationMs: number;
  readonly amount?: number;
}

/** Sends requests over HTTP. Any answer but 2xx makes the numbers worthless: an error. */
export async function loadOverHttp(
  url: string,
  token: string | undefined,
  next: () => LoadRequest,
  { concurrency, durationMs, amount }: Load,
): Promise<Speed> {
  const latenciesMs: number[] = [];
  const ended = Promise.withResolvers<autocannon.Result>();
  const options: autocannon.Options = {
    url,
    connections: concurrency,
    ...(amount === undefined ? { duration: durationMs / 1000 } : { amount }),
    timeout: TIMEOUT_S,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    requests: [
      {
        setupRequest: (request) => {
          const { method, path, body } = next();
          return { ...request, method, path, ...(body && { body: JSON.stringify(body) }) };
        },
      },
    ],
  };
  const instance = autocannon(options, (error, result) => {
    if (error) ended.reject(error);
    else ended.resolve(result);
  });
  instance.on('response', (_client, _status, _bytes, latencyMs) => latenciesMs.push(latencyMs));
  const result = await ended.promise;
  const refused = result.non2xx + result.errors + result.timeouts;
  if (refused > 0) {
    const codes = JSON.stringify(result.statusCodeStats);
    throw new Error(`${refused} of ${result.requests.total} requests to ${url} failed: ${codes}`);
  }
  return speedOf(latenciesMs, result.duration);
}

/** Repeats an operation in this process, so many at a time. */
export async function loadInProcess(
  operation: () => Promise<unknown>,
  { concurrency, durationMs, amount }: Load,
): Promise<Speed> {
  const latenciesMs: number[] = [];
  const startedMs = performance.now();
  let begun = 0;
  const isMore = () =>
    amount === undefined ? performance.now() - startedMs < durationMs : begun < amount;
  const worker = async (): Promise<void> => {
    while (isMore()) {
      begun += 1;
      const beganMs = performance.now();
      await operation();
      latenciesMs.push(performance.now() - beganMs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return speedOf(latenciesMs, (performance.now() - startedMs) / 1000);
}

function speedOf(latenciesMs: readonly number[], seconds: number): Speed {
  const sorted = [...latenciesMs].sort((a, b) => a - b);
  return {
    perSecond: sorted.length / seconds,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    operations: sorted.length,
  };
}

/** The value below which that share of the sorted values lies (nearest rank). */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
