import { Firestore } from 'firebase-admin/firestore';
import { aggregatesIn, queryIn, requireIndexes } from './declared-indexes.ts';

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
    if (query !== undefined) requireIndexes(query, aggregatesIn(args).sums);
    return Reflect.apply(original, this, args);
  },
});
