import type { Notification } from '@splitline/functions/contracts';
import { useState } from 'react';
import { markedSchema } from '../../data/notifications.ts';
import { type Listed, MAX_LISTED_UNREAD, type Rest, type WorkspaceData } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { type Live, useLive } from '../../data/useLive.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import type { ReadState } from './unread.ts';

/** One request marks 400; somebody with more than this many thousands presses the button again. */
const MAX_ROUNDS = 10;

/** What the person has not read, live, and how to mark it. */
export function useUnread({ watchUnread, rest }: Pick<WorkspaceData, 'watchUnread' | 'rest'>) {
  const live = useLive(watchUnread);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [markedUntil, setMarkedUntil] = useState('');
  const [isMarking, setIsMarking] = useState(false);
  const { warn, announce } = useNotices();
  const mark = async (id: string) => {
    setMarked((before) => new Set(before).add(id));
    try {
      await rest.send('POST', `/api/notifications/${id}/read`);
    } catch (error) {
      setMarked((before) => new Set([...before].filter((other) => other !== id)));
      warn(`It could not be marked as read. ${toProblem(error).message}`);
    }
  };
  const markAll = async (until: string) => {
    setIsMarking(true);
    try {
      const count = await readAll(rest, until);
      setMarkedUntil(until);
      announce(`${count} marked as read.`);
    } catch (error) {
      warn(`Not all could be marked as read. ${toProblem(error).message}`);
    }
    setIsMarking(false);
  };
  const state: ReadState = { unread: idsIn(live), marked, markedUntil };
  return { live, latest: useLatest(live), state, isMarking, mark, markAll };
}

async function readAll(rest: Rest, until: string): Promise<number> {
  let count = 0;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const answer = await rest.send('POST', '/api/notifications/read-all', { until });
    const { marked, more } = readAnswer(markedSchema, answer);
    count += marked;
    if (!more) break;
  }
  return count;
}

type LiveUnread = Live<Listed<Notification>>;

function idsIn(live: LiveUnread): ReadonlySet<string> | undefined {
  if (live.status !== 'ready') return undefined;
  const { records, unreadable } = live.value;
  const isAll = unreadable === 0 && records.length < MAX_LISTED_UNREAD;
  return isAll ? new Set(records.map(({ id }) => id)) : undefined;
}

/** When the newest came of all that were unread while the page is open: what is read takes nothing away. */
function useLatest(live: LiveUnread): string {
  const newest = live.status === 'ready' ? live.value.records[0]?.at.toISOString() : undefined;
  const [latest, setLatest] = useState('');
  if (newest === undefined || newest <= latest) return latest;
  setLatest(newest);
  return newest;
}
