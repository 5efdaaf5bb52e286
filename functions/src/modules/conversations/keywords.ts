import type { Keyword } from './conversations.schema.ts';

/** The words that carriers and Twilio know, which stand for the wish alone in a message. */
const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT']);
const START = new Set(['START', 'UNSTOP']);

/** The wish that a message consists of, whatever its case, spaces and full stops. */
export function keywordIn(text: string): Keyword | null {
  const word = text.replace(/[\s.!]+/gu, '').toUpperCase();
  if (STOP.has(word)) return 'STOP';
  return START.has(word) ? 'START' : null;
}
