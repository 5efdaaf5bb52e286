import { useCallback, useState } from 'react';
import { messageListSchema, outlookSchema } from '../../data/messages.ts';
import type { Query, WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { usePages } from '../../data/usePages.ts';
import type { Correspondence } from './conversation-id.ts';
import type { StoredConversation } from './useConversations.ts';

const PAGE = '30';

/**
 * The messages of a correspondence, the latest first, and what would become of another one; both are
 * asked for again when the latest message is another one.
 */
export function useThread(
  { rest }: WorkspaceData,
  { contactId, channel }: Correspondence,
  conversation: StoredConversation | undefined,
) {
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((count) => count + 1), []);
  const signal = `${conversation?.lastMessage.id} ${turn}`;
  const outlook = useLoad(
    useCallback(
      () => rest.get('/api/messages/outlook', outlookSchema, { contactId, channel }),
      [rest, contactId, channel],
    ),
    signal,
  );
  // Before the first message there is no conversation to ask for.
  const isStarted =
    conversation !== undefined || (outlook.status === 'ready' && outlook.value.isStarted);
  const messages = usePages(
    useCallback(
      async (at: Query) =>
        isStarted
          ? rest.get(`/api/messages/${contactId}_${channel.toLowerCase()}`, messageListSchema, {
              ...{ limit: PAGE, ...at },
            })
          : { records: [], next: undefined },
      [rest, contactId, channel, isStarted],
    ),
    signal,
  );
  return { outlook, messages, reload };
}
