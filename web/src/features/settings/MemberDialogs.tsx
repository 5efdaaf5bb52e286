import type { User } from '@splitline/functions/contracts';
import type { Stored } from '../../data/port.ts';
import { DeactivateDialog } from './DeactivateDialog.tsx';
import { HandOverDialog } from './HandOverDialog.tsx';
import { MemberDialog } from './MemberDialog.tsx';
import type { MemberDialogProps } from './member-dialog.ts';
import { ReactivateDialog } from './ReactivateDialog.tsx';

/** What somebody is about to do to a membership. */
export interface MemberStep {
  readonly kind: 'change' | 'handOver' | 'deactivate' | 'reactivate';
  readonly person: Stored<User>;
}

/** The dialog of the step that was chosen. */
export function MemberDialogs({ kind, ...props }: MemberDialogProps & Pick<MemberStep, 'kind'>) {
  switch (kind) {
    case 'change':
      return <MemberDialog {...props} />;
    case 'handOver':
      return <HandOverDialog {...props} />;
    case 'deactivate':
      return <DeactivateDialog {...props} />;
    case 'reactivate':
      return <ReactivateDialog {...props} />;
  }
}
