import { zodResolver } from '@hookform/resolvers/zod';
import { type Deal, newAdjustmentSchema, type User } from '@splitline/functions/contracts';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import type { Rest, Stored } from '../../../data/port.ts';
import { Field, SelectField } from '../../../ui/Field.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { readMoney } from '../../../ui/money-input.ts';
import { placeAmong, useFormCommand } from '../../../ui/useFormCommand.ts';
import { overseenBy } from '../../earnings/overseen-by.ts';
import type { People } from '../usePipeline.ts';

interface AdjustmentDialogProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly member: Stored<User>;
  readonly people: People;
  readonly onClose: () => void;
}

const formSchema = z
  .object({
    payeeId: z.string().min(1, { error: 'Choose a person.' }),
    amount: z.string().refine((text) => Number(text) !== 0, {
      error: 'Enter an amount other than 0.',
    }),
    currency: z.string().trim().toUpperCase().pipe(newAdjustmentSchema.shape.currency),
    reason: z.string().trim().min(1, { error: 'Say why, for the person and whoever approves it.' }),
  })
  .transform(({ amount, ...rest }, context) => {
    const read = readMoney(amount, rest.currency, 'amount');
    if ('minor' in read) return { ...rest, amountMinor: read.minor };
    context.addIssue({ code: 'custom', path: ['amount'], message: read.problem.message });
    return z.NEVER;
  });

/** Asks for a correction of what somebody earns on a deal that no plan gives. */
export default function AdjustmentDialog(props: AdjustmentDialogProps) {
  const { rest, deal, member, people, onClose } = props;
  const form = useForm({
    resolver: zodResolver(formSchema),
    defaultValues: { payeeId: '', amount: '', currency: deal.currency, reason: '' },
  });
  const { register, formState } = form;
  const errorOf = (field: keyof typeof formState.errors & keyof z.input<typeof formSchema>) =>
    formState.errors[field]?.message;
  const command = useFormCommand(form, {
    placeOf: placeAmong(['payeeId', 'amount', 'currency', 'reason']),
    run: async (values) => {
      await rest.send('POST', '/api/adjustments', { ...values, dealId: deal.id });
    },
    done: 'The adjustment waits for its approval.',
    onDone: onClose,
  });
  const payees = overseenBy(member, [...people.values()]);
  return (
    <FormDialog
      title="Adjust what somebody earns"
      lead="It is posted when somebody else has approved it who is neither the person nor you. Until then nothing changes."
      form={command}
      submit="Ask for adjustment"
      onClose={onClose}
    >
      <SelectField {...register('payeeId')} label="Person" error={errorOf('payeeId')}>
        <option value="">Choose a person</option>
        {payees.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div className="adjustment__money">
        <Field
          {...register('amount')}
          label="Amount"
          hint="with a minus to take"
          inputMode="text"
          autoComplete="off"
          error={errorOf('amount')}
        />
        <Field
          {...register('currency')}
          label="Currency"
          maxLength={3}
          autoComplete="off"
          error={errorOf('currency')}
        />
      </div>
      <Field
        {...register('reason')}
        label="Reason"
        maxLength={500}
        autoComplete="off"
        error={errorOf('reason')}
      />
    </FormDialog>
  );
}
