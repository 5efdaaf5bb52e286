import type { Deal, User } from '@splitline/functions/contracts';
import type { Rest, Stored } from '../../../data/port.ts';
import { useSaving } from '../../../ui/InlineField.tsx';
import { StateMessage } from '../../../ui/StateMessage.tsx';
import { canChange } from '../can-change.ts';

interface DeletedDealProps {
  readonly rest: Rest;
  readonly member: Stored<User>;
  readonly deal: Stored<Deal>;
}

/** Stands in the place of a deal in the bin, from where it can be taken back. */
export default function DeletedDeal({ rest, member, deal }: DeletedDealProps) {
  const { save, isSaving, problem } = useSaving(async () => {
    await rest.send('POST', `/api/deals/${deal.id}/restore`);
  });
  const isRestorable = canChange(member, deal);
  return (
    <StateMessage
      title={`“${deal.title}” was deleted`}
      actions={
        isRestorable && (
          <button
            className="button"
            type="button"
            aria-disabled={isSaving}
            onClick={() => void save(undefined)}
          >
            Restore deal
          </button>
        )
      }
    >
      {problem?.message ??
        `It is in the bin for 30 days. ${isRestorable ? 'Until then you can restore it.' : 'Ask its owner or an administrator to restore it.'}`}
    </StateMessage>
  );
}
