import type { ReactNode } from 'react';
import type { Payout } from '../../data/payouts.ts';
import type { Rest } from '../../data/port.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { formatMoney } from '../../ui/format.ts';
import { useCommand } from '../../ui/useCommand.ts';
import type { Step } from './payout-words.ts';

/** A step that the person has asked for. */
export interface AskedStep {
  readonly step: Step;
  readonly payout: Payout;
  readonly payeeName: string;
}

interface StepDialogProps {
  readonly rest: Rest;
  readonly asked: AskedStep;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before a step is taken, and names what follows from it. */
export function StepDialog({ rest, asked, onClose, onDone }: StepDialogProps) {
  const { step, payout, payeeName } = asked;
  const amount = formatMoney(payout.amountMinor, payout.currency);
  const { title, lead, submit, done } = words[step](amount, payeeName);
  const form = useCommand({
    done,
    onDone,
    fields: ['reference', 'reason'],
    run: async (read) => {
      const body = bodies[step](read, payout);
      await rest.send('POST', `/api/payouts/${payout.id}/${step}`, body);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={title}
      lead={lead}
      form={form}
      submit={submit}
      isDangerous={step === 'void'}
      onClose={onClose}
    >
      {inputs[step]?.((field) => form.errorOf(field))}
    </FormDialog>
  );
}

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  readonly done: string;
}

const words: Readonly<Record<Step, (amount: string, payee: string) => Words>> = {
  approve: (amount, payee) => ({
    title: `Approve ${amount} for ${payee}?`,
    lead: 'It is cleared to be paid. If the person has less pending by now, the payout gets smaller first.',
    submit: 'Approve payout',
    done: `The payout of ${payee} is approved.`,
  }),
  send: (amount, payee) => ({
    title: `Send ${amount} to ${payee}?`,
    lead: 'Stripe transfers the money to their account at once. That cannot be undone from here.',
    submit: 'Send by Stripe',
    done: `The payout of ${payee} is being sent.`,
  }),
  'mark-paid': (amount, payee) => ({
    title: `Mark ${amount} for ${payee} as paid?`,
    lead: 'Say so once you have paid it, for example at your bank. It counts as paid from then on.',
    submit: 'Mark as paid',
    done: `The payout of ${payee} is paid.`,
  }),
  void: (amount, payee) => ({
    title: `Void the payout of ${payee}?`,
    lead: `Nothing is paid by it. The ${amount} are pending again and come with the next period.`,
    submit: 'Void payout',
    done: `The payout of ${payee} is voided.`,
  }),
};

type Body = (read: (name: string) => string, payout: Payout) => object | undefined;

const bodies: Readonly<Record<Step, Body>> = {
  approve: () => undefined,
  send: () => undefined,
  'mark-paid': (read, { amountMinor }) => ({ reference: read('reference').trim(), amountMinor }),
  void: (read) => ({ reason: read('reason').trim() }),
};

type Inputs = (errorOf: (field: string) => string | undefined) => ReactNode;

const inputs: Readonly<Partial<Record<Step, Inputs>>> = {
  'mark-paid': (errorOf) => (
    <Field
      label="Reference"
      name="reference"
      hint="what the bank calls the payment"
      required
      maxLength={200}
      autoComplete="off"
      error={errorOf('reference')}
    />
  ),
  void: (errorOf) => (
    <Field
      label="Reason"
      name="reason"
      required
      maxLength={500}
      autoComplete="off"
      error={errorOf('reason')}
    />
  ),
};
