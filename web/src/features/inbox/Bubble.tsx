import { useState } from 'react';
import type { MessageView } from '../../data/messages.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { LiveProgress } from './LiveProgress.tsx';
import { isUnderWay, wordsOfProgress } from './progress.ts';
import { formatTimeIn } from './thread-days.ts';

interface BubbleProps {
  readonly data: WorkspaceData;
  readonly message: MessageView;
  readonly author: string | undefined;
  readonly timeZone: string;
}

/** One message, and for one of ours how far it is. */
export function Bubble({ data, message, author, timeZone }: BubbleProps) {
  const { direction, subject, content, media, createdAt } = message;
  const isOurs = direction === 'OUTBOUND';
  // Once it was under way it is listened to until the page is left: what comes last is to be seen.
  const [isLive] = useState(() => isUnderWay(message, new Date()));
  const words = wordsOfProgress(message, { timeZone, now: new Date() });
  return (
    <article className={isOurs ? 'bubble bubble--ours' : 'bubble'}>
      <div className="bubble__body">
        {subject !== null && <p className="bubble__subject">{subject}</p>}
        <p className="bubble__text">{content}</p>
        {media.map(({ url, contentType }) => (
          <a key={url} href={url} target="_blank" rel="noreferrer">
            Attachment ({contentType})
          </a>
        ))}
      </div>
      <p className="bubble__foot soft small">
        <span>{author ?? (isOurs ? 'Automatic' : '')}</span>
        <time dateTime={createdAt}>{formatTimeIn(timeZone, createdAt)}</time>
        {isLive ? (
          <LiveProgress {...{ data, message, timeZone }} />
        ) : (
          words !== undefined && (
            <span className="bubble__progress" data-tone={words.tone}>
              {words.text}
            </span>
          )
        )}
      </p>
    </article>
  );
}
