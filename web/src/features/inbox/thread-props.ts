import type { User } from '@splitline/functions/contracts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import type { Correspondence } from './conversation-id.ts';
import type { StoredConversation } from './useConversations.ts';

/** What was written and not sent, by conversation, for as long as the page is open. */
export type Drafts = Map<string, string>;

/** One conversation, and where it stands. */
export interface ThreadProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly correspondence: Correspondence;
  /** As the list has it, if it does. */
  readonly conversation: StoredConversation | undefined;
  readonly drafts: Drafts;
  /** Leads to the list where there is no room for both. */
  readonly onBack: (() => void) | undefined;
}
