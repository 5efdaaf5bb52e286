import { zodResolver } from '@hookform/resolvers/zod';
import { type Deal, restatementSchema, type User } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { useController, useForm, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { ask, restatementViewSchema } from '../../../data/deals.ts';
import type { Rest, Stored } from '../../../data/port.ts';
import { useLoad } from '../../../data/useLoad.ts';
import { Field } from '../../../ui/Field.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { useDebounced } from '../../../ui/useDebounced.ts';
import { placeAmong, useFormCommand } from '../../../ui/useFormCommand.ts';
import type { People } from '../usePipeline.ts';
import { RestatementLines } from './RestatementLines.tsx';
import { SplitRows } from './SplitRows.tsx';
import { readRows, splitFormSchema, toRows } from './split-form.ts';

interface RestateDialogProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly people: People;
  readonly member: Stored<User>;
  readonly onClose: () => void;
}

const formSchema = splitFormSchema.extend({
  repin: z.boolean(),
  reason: z
    .string()
    .trim()
    .min(1, { error: 'Say why, for those whose earnings change.' })
    .pipe(restatementSchema.shape.reason),
});

const DELAY_MS = 300;

/** Restates what a won deal earns people: first shows who gains and who loses, then posts the differences. */
export default function RestateDialog({ rest, deal, people, onClose }: RestateDialogProps) {
  const form = useForm({
    resolver: zodResolver(formSchema),
    defaultValues: { splits: toRows(deal.splits), repin: false, reason: '' },
  });
  const { control, register, formState } = form;
  const { field } = useController({ control, name: 'splits' });
  const repin = useWatch({ control, name: 'repin' });
  const preview = useRestatement(rest, deal, readRows(field.value), repin);
  const shown = preview.status === 'ready' ? preview.value : undefined;
  const command = useFormCommand(form, {
    placeOf: placeAmong(['splits', 'reason']),
    run: async (values) => {
      await rest.send('POST', `/api/deals/${deal.id}/restatement`, {
        ...values,
        version: shown?.version ?? deal.version,
        ...(shown === undefined ? {} : { previewDigest: shown.previewDigest }),
      });
    },
    done: 'The deal is restated.',
    onDone: onClose,
  });
  return (
    <FormDialog
      title="Restate this deal"
      lead="What was posted stays. The differences below are posted on top of it, and everybody concerned sees the reason."
      form={command}
      submit="Restate deal"
      isWide
      onClose={onClose}
    >
      <SplitRows
        rows={field.value}
        onChange={field.onChange}
        errors={form.formState.errors.splits}
        people={people}
      />
      <label className="choices__choice">
        <input type="checkbox" {...register('repin')} />
        Use the plans that are in use now instead of those pinned at the win
      </label>
      <RestatementLines preview={preview} people={people} />
      <Field
        {...register('reason')}
        label="Reason"
        maxLength={500}
        autoComplete="off"
        error={formState.errors.reason?.message}
      />
    </FormDialog>
  );
}

/** What the restatement would change: nothing while there is nothing to restate. */
function useRestatement(
  rest: Rest,
  deal: Stored<Deal>,
  splits: ReturnType<typeof readRows>,
  repin: boolean,
) {
  const isSame = JSON.stringify(splits) === JSON.stringify(deal.splits);
  const question =
    splits === undefined || (isSame && !repin) ? '' : JSON.stringify({ splits, repin });
  const asked = useDebounced(question, DELAY_MS);
  const load = useCallback(async () => {
    if (asked === '') return undefined;
    const path = `/api/deals/${deal.id}/restatement/preview`;
    return ask(rest, path, restatementViewSchema, JSON.parse(asked));
  }, [rest, deal.id, asked]);
  const loaded = useLoad(load, String(deal.version));
  return asked === question ? loaded : ({ status: 'loading' } as const);
}
