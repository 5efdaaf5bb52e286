import { type Dispute, disputeDetailSchema } from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import type { Rest, Stored } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { formatMoney } from '../../ui/format.ts';
import { moneyForInput, readMoney } from '../../ui/money-input.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useCommand } from '../../ui/useCommand.ts';

interface ResolveDialogProps {
  readonly rest: Rest;
  readonly dispute: Stored<Dispute>;
  readonly payeeName: string;
  readonly onClose: () => void;
}

/** How a dispute ends: the amount stands, or the payee gets more or less. */
export function ResolveDialog(props: ResolveDialogProps) {
  const { rest, dispute, onClose } = props;
  const { id } = dispute;
  const load = useCallback(() => rest.get(`/api/disputes/${id}`, disputeDetailSchema), [rest, id]);
  const detail = useLoad(load);
  if (detail.status === 'ready') {
    return <ResolveForm {...props} earnedMinor={detail.value.earned.amountMinor} />;
  }
  return (
    <Dialog title="Resolve dispute" onClose={onClose}>
      {detail.status === 'loading' ? (
        <Loading what="what is earned on the deal" />
      ) : (
        <Failure
          title="The dispute cannot be shown"
          message={detail.problem.message}
          onRetry={detail.reload}
        />
      )}
    </Dialog>
  );
}

type Outcome = 'rejected' | 'upheld';

interface ResolveFormProps extends ResolveDialogProps {
  readonly earnedMinor: number;
}

function ResolveForm({ rest, dispute, payeeName, earnedMinor, onClose }: ResolveFormProps) {
  const [outcome, setOutcome] = useState<Outcome>('upheld');
  const { currency, expectedMinor, dealId } = dispute;
  const form = useCommand({
    done: 'The dispute is resolved.',
    onDone: onClose,
    fields: ['adjustmentMinor', 'note'],
    run: async (read) => {
      const path = `/api/disputes/${dispute.id}/resolve`;
      const note = read('note').trim();
      if (outcome === 'rejected') {
        await rest.send('POST', path, { outcome, note });
        return undefined;
      }
      const adjustment = readMoney(read('adjustmentMinor'), currency, 'adjustmentMinor');
      if ('problem' in adjustment) return adjustment.problem;
      await rest.send('POST', path, { outcome, note, adjustmentMinor: adjustment.minor });
      return undefined;
    },
  });
  const missingMinor = expectedMinor === null ? 0 : expectedMinor - earnedMinor;
  return (
    <FormDialog
      title="Resolve dispute"
      lead={
        <>
          {payeeName} earns {formatMoney(earnedMinor, currency)} on this deal
          {expectedMinor !== null && <> and expects {formatMoney(expectedMinor, currency)}</>}. What
          is held is released in any case. If the shares of the deal are wrong, look at{' '}
          <Link href={`/deals/${dealId}`}>the deal</Link> first.
        </>
      }
      form={form}
      submit={outcome === 'rejected' ? 'Reject dispute' : 'Uphold dispute'}
      isDangerous={outcome === 'rejected'}
      onClose={onClose}
    >
      <OutcomeChoice payeeName={payeeName} outcome={outcome} onChoose={setOutcome} />
      {outcome === 'upheld' && (
        <Field
          label="Adjustment"
          name="adjustmentMinor"
          hint={`${currency}, below zero to take back`}
          type="number"
          step="any"
          inputMode="decimal"
          required
          defaultValue={missingMinor === 0 ? '' : moneyForInput(missingMinor, currency)}
          error={form.errorOf('adjustmentMinor')}
        />
      )}
      <TextField
        label={`Why, for ${payeeName}`}
        name="note"
        rows={2}
        required
        maxLength={500}
        error={form.errorOf('note')}
      />
    </FormDialog>
  );
}

interface OutcomeChoiceProps {
  readonly payeeName: string;
  readonly outcome: Outcome;
  readonly onChoose: (outcome: Outcome) => void;
}

function OutcomeChoice({ payeeName, outcome, onChoose }: OutcomeChoiceProps) {
  const choices = [
    { id: 'upheld', name: `Uphold: ${payeeName} gets more, or less` },
    { id: 'rejected', name: 'Reject: the amount stands' },
  ] as const;
  return (
    <fieldset className="choices">
      <legend className="field__label">Outcome</legend>
      {choices.map(({ id, name }) => (
        <label key={id} className="choices__choice">
          <input
            type="radio"
            name="outcome"
            value={id}
            checked={id === outcome}
            onChange={() => onChoose(id)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
