import { useMemo } from 'react';
import { type MessageView, messageProgressSchema } from '../../data/messages.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { wordsOfProgress } from './progress.ts';

interface LiveProgressProps {
  readonly data: WorkspaceData;
  readonly message: MessageView;
  readonly timeZone: string;
}

/** How far a message is that is under way, as the provider reports it. */
export function LiveProgress({ data, message, timeZone }: LiveProgressProps) {
  const { id } = message;
  const live = useLive(useMemo(() => data.watchMessage(id, messageProgressSchema), [data, id]));
  const heard = live.status === 'ready' ? live.value : undefined;
  const progress =
    heard === undefined
      ? message
      : {
          ...{ status: heard.status, reason: heard.reason },
          queuedUntil: heard.nextSendAt?.toISOString() ?? null,
        };
  const words = wordsOfProgress(progress, { timeZone, now: new Date() });
  return (
    <span className="bubble__progress" data-tone={words?.tone} role="status">
      {words?.text}
    </span>
  );
}
