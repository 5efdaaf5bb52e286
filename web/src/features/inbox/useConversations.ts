import type { User } from '@splitline/functions/contracts';
import { useMemo, useState } from 'react';
import { type Conversation, storedConversationSchema } from '../../data/messages.ts';
import type { Listed, Stored, WorkspaceData } from '../../data/port.ts';
import { type Live, useLive } from '../../data/useLive.ts';

const STEP = 50;
const MOST = 200;

export type StoredConversation = Stored<Conversation>;

/** The latest conversations that the member may see, live, and a way to more of them. */
export function useConversations(data: WorkspaceData, member: Stored<User>) {
  const [most, setMost] = useState(STEP);
  const live: Live<Listed<Conversation>> = useLive(
    useMemo(
      () => data.watchConversations(member, storedConversationSchema, most),
      [data, member, most],
    ),
  );
  // What was there stays while the longer list is on its way.
  const [held, setHeld] = useState<Listed<Conversation>>();
  if (live.status === 'ready' && live.value !== held) setHeld(live.value);
  const listed = live.status === 'ready' ? live.value : held;
  const count = (listed?.records.length ?? 0) + (listed?.unreadable ?? 0);
  return {
    live,
    listed,
    isCut: count >= most,
    canShowMore: count >= most && most < MOST,
    showMore: () => setMost((shown) => Math.min(MOST, shown + STEP)),
  };
}

/** A contact's name as the lists show it. */
export function nameOf({ firstName, lastName }: Conversation['contact']): string {
  return [firstName, lastName].filter((part) => part !== null && part !== '').join(' ');
}
