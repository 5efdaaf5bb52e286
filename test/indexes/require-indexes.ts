import { Firestore } from 'firebase-admin/firestore';
import { compositeIndexes, fieldOverrides } from '../../functions/src/app/indexes.ts';
import { shapeOf } from './query-shape.ts';
import { serve } from './served-by.ts';

/**
 * Loaded before each test file that runs on the emulators (jest.config.mjs). The emulator answers
 * every query; here, as in production, one that no index serves fails.
 */
const send: unknown = Reflect.get(Firestore.prototype, 'requestStream');
if (typeof send !== 'function') throw new Error('this Firestore client has no requestStream()');
const original = send;

Object.defineProperty(Firestore.prototype, 'requestStream', {
  configurable: true,
  writable: true,
  value: function requestStream(this: Firestore, ...args: unknown[]): unknown {
    const query = queryIn(args);
    if (query !== undefined) requireIndexes(query);
    return Reflect.apply(original, this, args);
  },
});

function requireIndexes(structuredQuery: unknown): void {
  const shape = shapeOf(structuredQuery);
  const { missing } = serve(shape, { composite: compositeIndexes, overrides: fieldOverrides });
  if (missing.length === 0) return;
  const message =
    `The query of '${shape.collection}' requires an index; add to functions/src/app/indexes.ts ` +
    `(or what it collects), then npm run gen: ${missing.join('; ')}`;
  process.stderr.write(`${message}\n`);
  throw new Error(message);
}

function queryIn(args: readonly unknown[]): unknown {
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null) continue;
    if ('structuredAggregationQuery' in arg) return queryIn([arg.structuredAggregationQuery]);
    if ('structuredQuery' in arg) return arg.structuredQuery;
  }
  return undefined;
}
