import { newStageSchema, type Stage, updateStageSchema } from '@splitline/functions/contracts';
import type { UseFormRegisterReturn } from 'react-hook-form';
import type { Rest, Stored } from '../../data/port.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { ColourField } from './ColourField.tsx';
import { kindWords } from './stage-words.ts';
import { emptyIsLeftOut, useContractForm } from './useContractForm.ts';

interface AddStageDialogProps {
  readonly rest: Rest;
  readonly onClose: () => void;
}

const kinds = ['open', 'won', 'lost'] as const;
const newSchema = newStageSchema.omit({ systemKey: true });

/** Adds a stage behind the others. */
export function AddStageDialog({ rest, onClose }: AddStageDialogProps) {
  const form = useContractForm({
    schema: newSchema,
    defaultValues: { name: '', kind: 'open', defaultProbability: undefined, colour: 'blue' },
    run: async (stage) => {
      await rest.send('POST', '/api/stages', stage);
    },
    done: 'The stage is added.',
    onDone: onClose,
  });
  return (
    <FormDialog
      title="Add stage"
      lead="It comes last; move it to its place afterwards. Its kind stays what it is."
      form={form}
      submit="Add stage"
      onClose={onClose}
    >
      <NameField input={form.register('name')} error={form.errorOf('name')} />
      <SelectField {...form.register('kind')} label="Kind" error={form.errorOf('kind')}>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindWords[kind]}
          </option>
        ))}
      </SelectField>
      <ProbabilityField
        input={form.register('defaultProbability', emptyIsLeftOut)}
        error={form.errorOf('defaultProbability')}
        hint="empty: what is usual for the kind"
      />
      <ColourField input={form.register('colour')} />
    </FormDialog>
  );
}

const changeSchema = updateStageSchema.omit({ stageId: true }).required();

interface ChangeStageDialogProps extends AddStageDialogProps {
  readonly stage: Stored<Stage>;
}

/** Changes how a stage looks and how likely its deals are won. */
export function ChangeStageDialog({ rest, stage, onClose }: ChangeStageDialogProps) {
  const { id, version, name, defaultProbability, colour } = stage;
  const form = useContractForm({
    schema: changeSchema,
    defaultValues: { version, name, defaultProbability, colour },
    run: async (change) => {
      await rest.send('PATCH', `/api/stages/${id}`, change);
    },
    done: `${name} is changed.`,
    onDone: onClose,
  });
  const isOutdated = form.errorOf('version') !== undefined;
  return (
    <FormDialog
      title={`Change ${name}`}
      lead="Deals that are in it keep the probability they have."
      form={isOutdated ? { ...form, generalError: OUTDATED } : form}
      submit="Save changes"
      onClose={onClose}
    >
      <NameField input={form.register('name')} error={form.errorOf('name')} />
      <ProbabilityField
        input={form.register('defaultProbability', emptyIsLeftOut)}
        error={form.errorOf('defaultProbability')}
      />
      <ColourField input={form.register('colour')} />
    </FormDialog>
  );
}

const OUTDATED =
  'Somebody else has changed the stage meanwhile. Close this window and look at it again first.';

interface PartProps {
  readonly input: UseFormRegisterReturn;
  readonly error: string | undefined;
}

function NameField({ input, error }: PartProps) {
  return (
    <Field
      {...input}
      label="Name"
      required
      maxLength={100}
      autoComplete="off"
      autoFocus
      error={error}
    />
  );
}

function ProbabilityField({ input, error, hint }: PartProps & { readonly hint?: string }) {
  return (
    <Field
      {...input}
      label="Probability of winning, in per cent"
      {...(hint === undefined ? {} : { hint })}
      type="number"
      inputMode="numeric"
      min={0}
      max={100}
      step={1}
      required={hint === undefined}
      error={error}
    />
  );
}
