import type { AdjustmentView } from '@splitline/functions/contracts';
import type { Rest } from '../../data/port.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { formatMoney } from '../../ui/format.ts';
import { useCommand } from '../../ui/useCommand.ts';

export type Decision = 'approve' | 'reject';

interface DecisionDialogProps {
  readonly rest: Rest;
  readonly adjustment: AdjustmentView;
  readonly decision: Decision;
  readonly payeeName: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks before an adjustment is posted or turned down: neither is taken back. */
export function DecisionDialog(props: DecisionDialogProps) {
  const { rest, adjustment, decision, payeeName, onDone, onClose } = props;
  const { amountMinor, currency } = adjustment.amount;
  const isApproval = decision === 'approve';
  const form = useCommand({
    done: isApproval ? 'The adjustment is posted.' : 'The adjustment is rejected.',
    onDone: () => {
      onDone();
      onClose();
    },
    fields: ['note'],
    run: async (read) => {
      const note = read('note').trim();
      const body = note === '' ? {} : { note };
      await rest.send('POST', `/api/adjustments/${adjustment.id}/${decision}`, body);
      return undefined;
    },
  });
  const size = formatMoney(Math.abs(amountMinor), currency);
  return (
    <FormDialog
      title={isApproval ? 'Approve adjustment' : 'Reject adjustment'}
      lead={
        isApproval
          ? `${size} is ${amountMinor > 0 ? 'added to' : 'taken from'} what ${payeeName} is owed, at once. An adjustment that was wrong is corrected by another one.`
          : `${payeeName} is owed what they were before. Whoever asked can ask again.`
      }
      form={form}
      submit={isApproval ? 'Approve adjustment' : 'Reject adjustment'}
      isDangerous={!isApproval}
      onClose={onClose}
    >
      <Field
        name="note"
        label="Note"
        hint="optional"
        maxLength={500}
        autoComplete="off"
        error={form.errorOf('note')}
      />
    </FormDialog>
  );
}
