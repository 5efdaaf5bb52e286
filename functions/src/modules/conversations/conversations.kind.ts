import type { RecordKind } from '../events/events.public.ts';
import { aboutAudience } from '../subjects/subjects.public.ts';
import { nameMessageChanges } from './conversations.events.ts';
import { messages } from './conversations.repository.ts';
import type { Message } from './conversations.schema.ts';

/** How changes of messages become events; what sending keeps for itself is in none of them. */
export const messageKind: RecordKind<Message> = {
  recordType: 'message',
  collection: messages,
  audienceOf: aboutAudience,
  nameChanges: nameMessageChanges,
  hidden: ['nextSendAt', 'attempt'],
};
