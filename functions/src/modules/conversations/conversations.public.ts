export { messageKind } from './conversations.kind.ts';
export {
  conversationIdOf,
  conversations,
  findLatestWith,
  messages,
} from './conversations.repository.ts';
export { conversationAudience } from './conversations.service.ts';
export { STATUS_PATH } from './deliver-message.ts';
export { draftMessage } from './draft-message.ts';
export { driveMessages } from './drive-messages.ts';
export { followContactInConversations } from './follow-contact.ts';
export { keywordIn } from './keywords.ts';
export type { MessagePorts } from './message-ports.ts';
export { findSettings } from './message-settings.ts';
export { statusOfTwilio } from './message-status.ts';
export { heedKeyword } from './opt-outs.ts';
export { findOrgOfNumber } from './phone-numbers.service.ts';
export { sendMessage } from './send-message.ts';
export { reportStatus } from './settle-message.ts';
export { writeMessage } from './write-message.ts';
