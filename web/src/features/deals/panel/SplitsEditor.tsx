import { zodResolver } from '@hookform/resolvers/zod';
import type { Deal } from '@splitline/functions/contracts';
import { useState } from 'react';
import { useController, useForm } from 'react-hook-form';
import type { Rest, Stored } from '../../../data/port.ts';
import { placeAmong, useFormCommand } from '../../../ui/useFormCommand.ts';
import type { People } from '../usePipeline.ts';
import { SplitRows } from './SplitRows.tsx';
import { SplitsPreview } from './SplitsPreview.tsx';
import { readRows, splitFormSchema, toRows } from './split-form.ts';
import type { ChangeDeal } from './useDealChange.ts';

interface SplitsEditorProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly people: People;
  readonly change: ChangeDeal;
  readonly onClose: () => void;
}

/** Changes the parts of an open deal, and shows what they would earn people meanwhile. */
export default function SplitsEditor({ rest, deal, people, change, onClose }: SplitsEditorProps) {
  const splits = deal.splits.length > 0 ? deal.splits : [{ uid: deal.ownerId, shareBps: 10_000 }];
  const form = useForm({
    resolver: zodResolver(splitFormSchema),
    defaultValues: { splits: toRows(splits) },
  });
  const command = useFormCommand(form, {
    placeOf: placeAmong(['splits']),
    run: (values) => change(values),
    done: 'The splits are saved.',
    onDone: onClose,
  });
  const { field } = useController({ control: form.control, name: 'splits' });
  // What somebody else saves meanwhile would be overwritten.
  const stored = JSON.stringify(deal.splits);
  const [begun, setBegun] = useState(stored);
  const takeOver = () => {
    form.reset({ splits: toRows(splits) });
    setBegun(stored);
  };
  return (
    <form className="form" aria-label="Splits" noValidate onSubmit={command.onSubmit}>
      {begun !== stored && (
        <p className="message message--warning" role="alert">
          Somebody else changed the splits meanwhile. Saving puts yours in their place.{' '}
          <button className="button button--quiet" type="button" onClick={takeOver}>
            Show theirs
          </button>
        </p>
      )}
      {command.generalError !== undefined && (
        <p className="message" role="alert">
          {command.generalError}
        </p>
      )}
      <SplitRows
        rows={field.value}
        onChange={field.onChange}
        errors={form.formState.errors.splits}
        people={people}
      />
      {deal.stageKind === 'open' && (
        <SplitsPreview rest={rest} deal={deal} people={people} splits={readRows(field.value)} />
      )}
      <div className="form__actions">
        <button className="button button--primary" type="submit" aria-disabled={command.isSending}>
          {command.isSending ? 'One moment…' : 'Save splits'}
        </button>
        <button className="button button--quiet" type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
