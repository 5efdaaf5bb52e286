import { useState } from 'react';
import { batchSchema, type Payout } from '../../data/payouts.ts';
import type { Rest } from '../../data/port.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';

interface ApproveAllDialogProps {
  readonly rest: Rest;
  readonly drafts: readonly Payout[];
  readonly nameOf: (payout: Payout) => string;
  /** Whether or not anything was approved. */
  readonly onClose: () => void;
}

/** How many the server takes at once. */
const MAX_AT_ONCE = 100;

interface Refusal {
  readonly id: string;
  readonly text: string;
}

/** Approves all drafts of the period; those that are refused are named with the reason. */
export function ApproveAllDialog({ rest, drafts, nameOf, onClose }: ApproveAllDialogProps) {
  // Drafts become fewer while this is open; what was asked for stays.
  const [asked] = useState(drafts);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const [isDone, setIsDone] = useState(false);
  const form = useCommand({
    done: `${asked.length} payouts were looked at.`,
    onDone: () => setIsDone(true),
    run: async () => {
      const refused = await approve(rest, asked, nameOf);
      setRefusals(refused);
      if (refused.length === 0) onClose();
      return undefined;
    },
  });
  if (isDone && refusals.length > 0) {
    return (
      <Dialog title="Not all could be approved" onClose={onClose}>
        <ul className="refusals">
          {refusals.map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
        <div className="form__actions">
          <button className="button" type="button" onClick={onClose}>
            Done
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={`Approve ${asked.length} ${asked.length === 1 ? 'payout' : 'payouts'}?`}
      lead="They are cleared to be paid. Where somebody has less pending by now, the payout gets smaller first."
      form={form}
      submit="Approve all"
      onClose={onClose}
    />
  );
}

async function approve(
  rest: Rest,
  payouts: readonly Payout[],
  nameOf: (payout: Payout) => string,
): Promise<Refusal[]> {
  const names = new Map(payouts.map((payout) => [payout.id, nameOf(payout)]));
  const refusals: Refusal[] = [];
  for (let start = 0; start < payouts.length; start += MAX_AT_ONCE) {
    const ids = payouts.slice(start, start + MAX_AT_ONCE).map(({ id }) => id);
    const answer = batchSchema.parse(await rest.send('POST', '/api/payouts/approve', { ids }));
    for (const { id, error } of answer.results) {
      if (error !== undefined) refusals.push({ id, text: `${names.get(id)}: ${error.error}` });
    }
  }
  return refusals;
}
