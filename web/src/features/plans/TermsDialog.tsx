import { useEffect, useState } from 'react';
import type { Plan } from '../../data/plans.ts';
import type { Rest, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { Loading } from '../../ui/StateMessage.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { useTimeZone } from '../../ui/useTimeZone.ts';
import { AssignmentFields } from './AssignmentFields.tsx';
import { RuleFields } from './RuleFields.tsx';
import {
  emptyTerms,
  newRule,
  type RuleInput,
  readTerms,
  type TermsInput,
  termsOf,
} from './terms-form.ts';

interface TermsDialogProps {
  readonly data: WorkspaceData;
  /** The plan that gets a new version; a new plan without one. */
  readonly plan: Plan | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Makes a plan, or publishes new terms of one. */
export function TermsDialog(props: TermsDialogProps) {
  const org = useLive(props.data.watchOrg);
  const currency = org.status === 'ready' ? org.value?.currency : undefined;
  if (currency === undefined) {
    return (
      <Dialog title="Plan" onClose={props.onClose}>
        <Loading what="the organisation" />
      </Dialog>
    );
  }
  return <TermsForm {...props} currency={currency} />;
}

interface TermsFormProps extends TermsDialogProps {
  readonly currency: string;
}

function TermsForm({ data, plan, currency, onClose, onDone }: TermsFormProps) {
  const latest = plan?.versions[0];
  const timeZone = useTimeZone();
  const [terms, setTerms] = useState<TermsInput>(() =>
    latest === undefined ? emptyTerms(currency) : termsOf(latest, currency),
  );
  const [problems, setProblems] = useState<Problems>({});
  useEffect(() => {
    if (Object.keys(problems).length > 0) focusFirstInvalid();
  }, [problems]);
  const change = (part: Partial<TermsInput>) => setTerms((before) => ({ ...before, ...part }));
  const form = useCommand({
    done: plan === undefined ? 'The plan is made.' : 'The new version is published.',
    onDone,
    fields: ['name', 'description'],
    run: async (read) => {
      const result = readTerms(terms, { now: new Date(), timeZone });
      setProblems('problems' in result ? result.problems : {});
      if ('problems' in result) return { message: 'Some fields need another look; see below.' };
      await save(data.rest, plan, result.terms, read);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={plan === undefined ? 'New plan' : `New version of ${plan.name}`}
      lead={
        plan === undefined
          ? 'It pays for deals won from its beginning on. Of several plans the one for the person counts before that of the team, and that before the one for everyone.'
          : 'It holds for deals won from its beginning on; deals that were won before keep the terms they were won on.'
      }
      form={form}
      submit={plan === undefined ? 'Make plan' : 'Publish version'}
      isWide
      onClose={onClose}
    >
      {plan === undefined && (
        <>
          <Field
            label="Name"
            name="name"
            required
            maxLength={100}
            autoComplete="off"
            error={form.errorOf('name')}
          />
          <Field
            label="Description"
            name="description"
            hint="optional"
            maxLength={2000}
            autoComplete="off"
            error={form.errorOf('description')}
          />
        </>
      )}
      <Rules terms={terms} problems={problems} change={change} />
      <Limits terms={terms} problems={problems} change={change} />
      <AssignmentFields data={data} terms={terms} change={change} />
    </FormDialog>
  );
}

function focusFirstInvalid(): void {
  document.querySelector<HTMLElement>('dialog [aria-invalid="true"]')?.focus();
}

type Problems = Readonly<Record<string, string>>;

async function save(
  rest: Rest,
  plan: Plan | undefined,
  terms: object,
  read: (name: string) => string,
): Promise<void> {
  if (plan !== undefined) {
    await rest.send('POST', `/api/plans/${plan.id}/versions`, terms);
    return;
  }
  const description = read('description').trim();
  const about = description === '' ? {} : { description };
  await rest.send('POST', '/api/plans', { name: read('name').trim(), ...about, terms });
}

interface PartProps {
  readonly terms: TermsInput;
  readonly problems: Problems;
  readonly change: (part: Partial<TermsInput>) => void;
}

function Rules({ terms, problems, change }: PartProps) {
  const { rules, currency } = terms;
  const replace = (changed: RuleInput) =>
    change({ rules: rules.map((rule) => (rule.id === changed.id ? changed : rule)) });
  return (
    <>
      {rules.map((rule, index) => (
        <RuleFields
          key={rule.id}
          rule={rule}
          number={index + 1}
          currency={currency}
          errorOf={(path) => problems[`rules.${index}.${path}`]}
          onChange={replace}
          onRemove={
            rules.length === 1
              ? undefined
              : () => change({ rules: rules.filter(({ id }) => id !== rule.id) })
          }
        />
      ))}
      {problems.rules !== undefined && (
        <p className="field__error" role="alert">
          {problems.rules}
        </p>
      )}
      <div>
        <button
          className="button button--small"
          type="button"
          onClick={() => change({ rules: [...rules, newRule()] })}
        >
          Add rule
        </button>
      </div>
    </>
  );
}

function Limits({ terms, problems, change }: PartProps) {
  const { currency, cap, floor, from } = terms;
  const amount = { type: 'number', min: 0, step: 'any', inputMode: 'decimal' } as const;
  return (
    <div className="rule__fields">
      <Field
        label="Currency"
        name="currency"
        value={currency}
        maxLength={3}
        required
        onChange={(event) => change({ currency: event.target.value.toUpperCase() })}
        error={problems.currency}
      />
      <Field
        {...amount}
        label="Cap per deal"
        name="cap"
        hint="optional"
        value={cap}
        onChange={(event) => change({ cap: event.target.value })}
        error={problems.capMinor}
      />
      <Field
        {...amount}
        label="Floor per deal"
        name="floor"
        hint="optional"
        value={floor}
        onChange={(event) => change({ floor: event.target.value })}
        error={problems.floorMinor}
      />
      <Field
        label="In force from"
        name="from"
        type="date"
        hint="empty: now"
        value={from}
        onChange={(event) => change({ from: event.target.value })}
        error={problems.effectiveFrom}
      />
    </div>
  );
}
