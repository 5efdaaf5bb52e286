import { useState } from 'react';
import { type MessageView, messageSchemaOfDoor } from '../../data/messages.ts';
import type { Rest } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import type { Correspondence } from './conversation-id.ts';

/** What somebody has written, before the list of messages has it. */
export interface OutboxItem {
  /** Under which it is carried out once, however often it is sent. */
  readonly key: string;
  readonly content: string;
  readonly subject: string | undefined;
  readonly createdAt: string;
  readonly outcome:
    | { readonly kind: 'sending' }
    | { readonly kind: 'sent'; readonly message: MessageView }
    | { readonly kind: 'failed'; readonly problem: Problem };
}

interface Outbox {
  readonly items: readonly OutboxItem[];
  readonly send: (content: string, subject: string | undefined) => void;
  readonly retry: (item: OutboxItem) => void;
  readonly discard: (item: OutboxItem) => void;
}

/** Sends messages one beside the other, and shows each at once; `onSettled` is told of each outcome. */
export function useOutbox(
  rest: Rest,
  { contactId, channel }: Correspondence,
  onSettled: () => void,
): Outbox {
  const [items, setItems] = useState<readonly OutboxItem[]>([]);
  const settle = (key: string, outcome: OutboxItem['outcome']) =>
    setItems((all) => all.map((item) => (item.key === key ? { ...item, outcome } : item)));
  const carryOut = async ({ key, content, subject }: OutboxItem) => {
    const body = { contactId, channel, content, ...(subject === undefined ? {} : { subject }) };
    try {
      const answer = await rest.send('POST', '/api/messages', body, key);
      settle(key, { kind: 'sent', message: readAnswer(messageSchemaOfDoor, answer) });
    } catch (error) {
      settle(key, { kind: 'failed', problem: toProblem(error) });
    }
    onSettled();
  };
  return {
    items,
    send: (content, subject) => {
      const item: OutboxItem = {
        ...{ key: crypto.randomUUID(), content, subject },
        ...{ createdAt: new Date().toISOString(), outcome: { kind: 'sending' } },
      };
      setItems((all) => [...all, item]);
      void carryOut(item);
    },
    retry: (item) => {
      settle(item.key, { kind: 'sending' });
      void carryOut(item);
    },
    discard: ({ key }) => setItems((all) => all.filter((item) => item.key !== key)),
  };
}
