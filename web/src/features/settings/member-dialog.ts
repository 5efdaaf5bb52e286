import type { User } from '@splitline/functions/contracts';
import type { Rest, Stored } from '../../data/port.ts';
import type { TeamView } from '../../data/settings.ts';
import type { OrderedWork } from './JobNotice.tsx';

/** What each dialog about a member is given. */
export interface MemberDialogProps {
  readonly rest: Rest;
  readonly person: Stored<User>;
  readonly people: readonly Stored<User>[];
  readonly teams: readonly TeamView[];
  readonly onOrdered: (work: OrderedWork) => void;
  readonly onClose: () => void;
}
