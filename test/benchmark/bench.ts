import path from 'node:path';
import { formatTable } from '../support/table.ts';
import { type Benchmark, createBenchmarks } from './bench-world.ts';
import { type Load, loadInProcess, loadOverHttp, type Speed } from './load.ts';
import { type ServedFunction, serveFunction } from './served-function.ts';

const FUNCTIONS = path.resolve(import.meta.dirname, '../../functions');
const EMPTY_HANDLER = path.join(import.meta.dirname, 'empty-handler.mjs');
const WARM_UP_MS = 2_000;
/** The emulator looks through a whole collection for every query, however narrow. */
const SLOW_MS = 250;
const MAX_EXPECTED_MS = 60_000;

/** How long and at which concurrency everything is measured. */
export interface BenchOptions {
  readonly durationMs: number;
  readonly concurrency: readonly number[];
  /** How many deals the rep has. */
  readonly deals: number;
  /** Where the function is served; the next port serves the empty handler. */
  readonly port: number;
  readonly onProgress: (text: string) => void;
}

/** One row of the table. */
export interface BenchRow {
  readonly name: string;
  readonly concurrency: number;
  readonly speed: Speed;
  /** CPU of the serving process for one request. */
  readonly cpuMs: number;
  /** The same work by the bare SDK; the empty handler has none. */
  readonly raw?: Speed;
}

/** Measures the built functions against the emulators that the environment names. */
export async function runBenchmarks(options: BenchOptions): Promise<BenchRow[]> {
  options.onProgress(`Storing ${options.deals.toLocaleString('en')} deals`);
  const { token, benchmarks } = await createBenchmarks(options.deals);
  const rows: BenchRow[] = [];
  const empty = await serveFunction(EMPTY_HANDLER, 'empty', options.port + 1);
  try {
    rows.push(await measureEmpty(empty, options));
  } finally {
    await empty.stop();
  }
  const api = await serveFunction(FUNCTIONS, 'api', options.port);
  try {
    for (const benchmark of benchmarks) {
      options.onProgress(benchmark.name);
      rows.push(...(await measureOne(api, token, benchmark, options)));
    }
  } finally {
    await api.stop();
  }
  return rows;
}

/** Measures one operation at each concurrency, as far as that ends within a reasonable time. */
async function measureOne(
  api: ServedFunction,
  token: string,
  benchmark: Benchmark,
  { concurrency, durationMs, onProgress }: BenchOptions,
): Promise<BenchRow[]> {
  const isSlow = await warmUp(api, token, benchmark);
  const rows: BenchRow[] = [];
  for (const atOnce of concurrency) {
    const amount = Math.max(3, atOnce);
    const load = { concurrency: atOnce, durationMs, ...(isSlow ? { amount } : {}) };
    const before = rows.at(-1);
    const expectedMs = isSlow && before ? (1000 * amount) / before.speed.perSecond : 0;
    if (expectedMs > MAX_EXPECTED_MS) {
      onProgress(`not at ${atOnce} at once, which would take ${Math.round(expectedMs / 1000)} s`);
      break;
    }
    rows.push(await measureAt(api, token, benchmark, load));
  }
  return rows;
}

/** Answers whether one is so slow that a number of them is measured, not a time. */
async function warmUp(api: ServedFunction, token: string, { raw, request }: Benchmark) {
  const [once, some] = [
    { concurrency: 1, durationMs: 0, amount: 1 },
    { concurrency: 4, durationMs: WARM_UP_MS },
  ];
  await loadInProcess(raw, once);
  const isSlow = (await loadInProcess(raw, once)).p50Ms > SLOW_MS;
  await loadOverHttp(api.url, token, request, isSlow ? once : some);
  return isSlow;
}

async function measureAt(
  api: ServedFunction,
  token: string,
  { name, request, raw }: Benchmark,
  load: Load,
): Promise<BenchRow> {
  const cpuBeforeMs = await api.cpuMs();
  const speed = await loadOverHttp(api.url, token, request, load);
  const cpuMs = ((await api.cpuMs()) - cpuBeforeMs) / speed.operations;
  const { concurrency } = load;
  return { name, concurrency, speed, cpuMs, raw: await loadInProcess(raw, load) };
}

async function measureEmpty(
  empty: ServedFunction,
  { durationMs }: Pick<BenchOptions, 'durationMs'>,
): Promise<BenchRow> {
  const load = { concurrency: 16, durationMs };
  const request = () => ({ method: 'GET', path: '/' }) as const;
  await loadOverHttp(empty.url, undefined, request, { ...load, durationMs: WARM_UP_MS });
  const cpuBeforeMs = await empty.cpuMs();
  const speed = await loadOverHttp(empty.url, undefined, request, load);
  const cpuMs = ((await empty.cpuMs()) - cpuBeforeMs) / speed.operations;
  return { name: 'an empty handler', concurrency: load.concurrency, speed, cpuMs };
}

/** The table as text. */
export function formatBenchmarks(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ name, concurrency, speed, cpuMs, raw }) => [
    name,
    String(concurrency),
    speed.perSecond.toFixed(0),
    speed.p50Ms.toFixed(1),
    speed.p99Ms.toFixed(1),
    cpuMs.toFixed(2),
    ...(raw === undefined
      ? ['', '', '', '']
      : [
          raw.perSecond.toFixed(0),
          raw.p50Ms.toFixed(1),
          raw.p99Ms.toFixed(1),
          (speed.perSecond / raw.perSecond).toFixed(2),
        ]),
  ]);
  return formatTable([HEADER, ...cells]);
}

const HEADER = [
  ...['operation', 'at once', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms'],
  ...['bare SDK/s', 'p50 ms', 'p99 ms', 'ratio'],
];
