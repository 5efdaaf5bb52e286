import type { StatementLine } from '@splitline/functions/contracts';
import type { Rest } from '../../data/port.ts';
import { type Problem, problemAt, toProblem } from '../../data/problem.ts';
import { Field, TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { moneyForInput, readMoney } from '../../ui/money-input.ts';
import { useCommand } from '../../ui/useCommand.ts';

interface DisputeDialogProps {
  readonly rest: Rest;
  /** The posting that the payee objects to. */
  readonly line: StatementLine;
  readonly onClose: () => void;
}

const FIELDS = ['contestedMinor', 'expectedMinor', 'reason'];

/** The server counts in minor units and calls fields by the names that integrators give them. */
function inWords(problem: Problem): Problem {
  if (problem.field !== 'contestedMinor') return problem;
  return problemAt(
    'Contest something, and at most what you earn on this deal. Below you can say what it should earn you.',
    problem.field,
  );
}

/** A payee's objection to what a deal earns them. */
export function DisputeDialog({ rest, line, onClose }: DisputeDialogProps) {
  const { currency, dealId, dealTitle, earnedMinor } = line;
  const form = useCommand({
    done: 'Your dispute is open.',
    onDone: onClose,
    fields: FIELDS,
    run: async (read) => {
      const contested = readMoney(read('contestedMinor'), currency, 'contestedMinor');
      if ('problem' in contested) return contested.problem;
      const hasExpected = read('expectedMinor') !== '';
      const expected = readMoney(read('expectedMinor'), currency, 'expectedMinor');
      if (hasExpected && 'problem' in expected) return expected.problem;
      try {
        await rest.send('POST', '/api/disputes', {
          ...{ dealId, currency, contestedMinor: contested.minor, reason: read('reason') },
          ...(hasExpected && 'minor' in expected ? { expectedMinor: expected.minor } : {}),
        });
      } catch (error) {
        return inWords(toProblem(error));
      }
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Dispute: ${dealTitle ?? 'a deal'}`}
      lead="Whoever manages your team looks at it. Until then the contested amount is held, as far as it is not paid yet."
      form={form}
      submit="Open dispute"
      onClose={onClose}
    >
      <Field
        label="Contested amount"
        name="contestedMinor"
        hint={currency}
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        required
        defaultValue={moneyForInput(Math.max(0, earnedMinor), currency)}
        error={form.errorOf('contestedMinor')}
      />
      <Field
        label="What the deal should earn you"
        name="expectedMinor"
        hint={`${currency}, optional`}
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        error={form.errorOf('expectedMinor')}
      />
      <TextField
        label="What is wrong?"
        name="reason"
        required
        maxLength={1000}
        error={form.errorOf('reason')}
      />
    </FormDialog>
  );
}
