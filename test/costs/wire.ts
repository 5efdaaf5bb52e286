import { EventEmitter } from 'node:events';
import { z } from 'zod';
import { firestore } from '../../functions/src/platform/firestore.ts';

/** What Firestore bills, and how many calls had to wait for one another. */
export interface Cost {
  readonly reads: number;
  readonly writes: number;
  readonly roundTrips: number;
}

interface Call {
  reads: number;
  writes: number;
  readonly startedMs: number;
  endedMs: number;
}

const documentsSchema = z.object({ documents: z.array(z.string()) });
const writesSchema = z.object({ writes: z.array(z.unknown()) });
const querySchema = z.object({
  structuredQuery: z.object({ offset: z.union([z.number(), z.string()]).nullish() }),
});
const aggregateSchema = z.object({
  result: z.object({
    aggregateFields: z.record(
      z.string(),
      z.object({ integerValue: z.union([z.number(), z.string()]).optional() }),
    ),
  }),
});

/**
 * Counts what `work` asks of Firestore where the client hands its requests to the network: an
 * opinion independent of the product's own meter. `work` must be all that happens meanwhile.
 */
export async function watchWire(work: () => Promise<unknown>): Promise<Cost> {
  const calls: Call[] = [];
  const restore = [
    intercept('request', calls, settled),
    intercept('requestStream', calls, drained),
  ];
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return {
    reads: calls.reduce((sum, call) => sum + call.reads, 0),
    writes: calls.reduce((sum, call) => sum + call.writes, 0),
    roundTrips: longestChain(calls),
  };
}

type Observe = (call: Call, method: string, request: unknown, answer: unknown) => void;

/** Replaces one of the client's two doors to the network; answers how to put it back. */
function intercept(door: string, calls: Call[], observe: Observe): () => void {
  const db = firestore();
  const original: unknown = Reflect.get(db, door);
  if (typeof original !== 'function') throw new Error(`this Firestore client has no ${door}()`);
  const watched = async (...args: unknown[]): Promise<unknown> => {
    const method = String(args[0]);
    const call: Call = { reads: 0, writes: 0, startedMs: performance.now(), endedMs: Infinity };
    calls.push(call);
    try {
      const answer: unknown = await Reflect.apply(original, db, args);
      observe(call, method, args.find(isObject), answer);
      return answer;
    } catch (error) {
      call.endedMs = performance.now();
      throw error;
    }
  };
  Object.defineProperty(db, door, { value: watched, configurable: true, writable: true });
  return () => {
    Reflect.deleteProperty(db, door);
  };
}

function settled(call: Call, method: string, request: unknown): void {
  if (method !== 'commit') throw new Error(`nobody knows what Firestore bills for ${method}`);
  call.writes = writesSchema.parse(request).writes.length;
  call.endedMs = performance.now();
}

function drained(call: Call, method: string, request: unknown, answer: unknown): void {
  if (!(answer instanceof EventEmitter)) throw new Error(`${method} answered no stream`);
  switch (method) {
    case 'batchGetDocuments':
      call.reads = documentsSchema.parse(request).documents.length;
      break;
    case 'runQuery':
      countResults(call, request, answer);
      break;
    case 'runAggregationQuery':
      answer.on('data', (chunk) => {
        const { aggregateFields } = aggregateSchema.parse(chunk).result;
        const [field] = Object.values(aggregateFields);
        call.reads = Math.max(1, Math.ceil(Number(field?.integerValue ?? 0) / 1000));
      });
      break;
    default:
      throw new Error(`nobody knows what Firestore bills for ${method}`);
  }
  answer.on('end', () => {
    call.endedMs = performance.now();
  });
}

/** Each document is billed, each skipped one too, and an empty result is billed as one. */
function countResults(call: Call, request: unknown, stream: EventEmitter): void {
  const offset = Number(querySchema.parse(request).structuredQuery.offset ?? 0);
  let documents = 0;
  call.reads = 1 + offset;
  stream.on('data', (chunk: unknown) => {
    if (isObject(chunk) && 'document' in chunk && chunk.document) documents += 1;
    call.reads = Math.max(1, documents) + offset;
  });
}

/** The most calls of which each began after the one before had ended. */
function longestChain(calls: readonly Call[]): number {
  let length = 0;
  let endedMs = -Infinity;
  for (const call of [...calls].sort((a, b) => a.endedMs - b.endedMs)) {
    if (call.startedMs < endedMs) continue;
    length += 1;
    endedMs = call.endedMs;
  }
  return length;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
