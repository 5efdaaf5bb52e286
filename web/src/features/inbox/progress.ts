import type { MessageView } from '../../data/messages.ts';
import { formatMomentIn } from '../../ui/format.ts';

/** How far a message of ours is, as far as it shows. */
export type Progress = Pick<MessageView, 'status' | 'reason' | 'queuedUntil'>;

export interface ProgressWords {
  readonly text: string;
  readonly tone: 'danger' | 'warning' | undefined;
}

interface Reader {
  readonly timeZone: string;
  readonly now: Date;
  readonly locale?: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** One that is just being handed over is claimed for two minutes. */
const CLAIM_MS = 150_000;

/** True while something may still become of a message that somebody could wait for. */
export function isUnderWay(
  { direction, status, channel, createdAt }: MessageView,
  now: Date,
): boolean {
  if (direction === 'INBOUND' || status === undefined) return false;
  if (status === 'QUEUED') return true;
  // Nobody reports of mails; and of a text, whatever comes after a day hardly matters.
  const isReported = channel !== 'EMAIL' && now.getTime() - new Date(createdAt).getTime() < DAY_MS;
  return isReported && (status === 'SENT' || status === 'UNKNOWN');
}

/** How far a message is, in words; undefined for one that came in. */
export function wordsOfProgress(
  { status, reason, queuedUntil }: Progress,
  { timeZone, now, locale }: Reader,
): ProgressWords | undefined {
  switch (status) {
    case undefined:
    case 'RECEIVED':
      return undefined;
    case 'QUEUED':
      return wordsOfWaiting(reason, queuedUntil, { timeZone, now, locale });
    case 'SENT':
      return { text: 'Sent', tone: undefined };
    case 'DELIVERED':
      return { text: 'Delivered', tone: undefined };
    case 'UNKNOWN':
      return { text: reason ?? 'Nobody knows whether it was sent', tone: 'warning' };
    case 'UNDELIVERED':
      return { text: `Not delivered: ${reason ?? 'no reason was given'}`, tone: 'danger' };
    case 'FAILED':
      return { text: reason ?? 'Not sent', tone: 'danger' };
  }
}

function wordsOfWaiting(
  reason: string | null,
  queuedUntil: string | null,
  { timeZone, now, locale }: Reader,
): ProgressWords {
  const until = queuedUntil === null ? undefined : formatMomentIn(timeZone, queuedUntil, locale);
  if (reason !== null) {
    const next = until === undefined ? '' : ` Next try: ${until}`;
    return { text: `Not sent yet: ${reason}.${next}`, tone: 'warning' };
  }
  const waits = queuedUntil !== null && new Date(queuedUntil).getTime() - now.getTime() > CLAIM_MS;
  return waits
    ? { text: `Scheduled for ${until}`, tone: 'warning' }
    : { text: 'Sending…', tone: undefined };
}
