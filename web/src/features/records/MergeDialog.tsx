import type { User } from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import type { Rest, Stored } from '../../data/port.ts';
import { type OwnedView, readAnswer } from '../../data/records.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { RecordPicker } from '../search/RecordPicker.tsx';
import { toInput } from './fields.ts';
import type { Kind } from './kinds.ts';
import { choicesOf, type MergeField, type MergeRow, rowsOf } from './merge.ts';

interface MergeDialogProps<T extends OwnedView> {
  readonly rest: Rest;
  readonly kind: Kind<T>;
  readonly record: T;
  readonly fields: readonly MergeField[];
  /** What is put together, in a sentence. */
  readonly joined: string;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly onClose: () => void;
  readonly onMerged: (record: T, otherId: string) => void;
}

/** Merges another record into this one: first which, then whose values stay. */
export function MergeDialog<T extends OwnedView>(props: MergeDialogProps<T>) {
  const { rest, kind, record, onClose } = props;
  const [otherId, setOtherId] = useState<string>();
  if (otherId !== undefined) return <ChooseValues {...props} otherId={otherId} />;
  return (
    <Dialog title={`Merge another ${kind.noun} into ${kind.nameOf(record)}`} onClose={onClose}>
      <p className="dialog__text">
        Find the {kind.noun} that is the same as this one. Nothing is merged before you have seen
        both.
      </p>
      <RecordPicker
        rest={rest}
        type={kind.type}
        label={`Search the other ${kind.noun}`}
        except={[record.id]}
        isFocused
        onPick={({ id }) => setOtherId(id)}
      />
      <div className="form__actions">
        <button className="button button--quiet" type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}

function ChooseValues<T extends OwnedView>(props: MergeDialogProps<T> & { otherId: string }) {
  const { rest, kind, record, onClose, otherId } = props;
  const other = useLoad(
    useCallback(() => rest.get(`${kind.api}/${otherId}`, kind.schema), [rest, kind, otherId]),
  );
  if (other.status === 'ready') return <MergeForm {...props} other={other.value} />;
  return (
    <Dialog title={`Merge into ${kind.nameOf(record)}`} onClose={onClose}>
      {other.status === 'loading' ? (
        <Loading what={`the other ${kind.noun}`} />
      ) : (
        <Failure
          title={`The other ${kind.noun} cannot be shown`}
          message={other.problem.message}
          onRetry={other.reload}
        />
      )}
    </Dialog>
  );
}

function MergeForm<T extends OwnedView>(props: MergeDialogProps<T> & { readonly other: T }) {
  const { rest, kind, record, other, fields, joined, people, onClose, onMerged } = props;
  const rows = rowsOf([...fields, { key: 'ownerId', label: 'Owner' }], record, other);
  const form = useCommand({
    run: async (read) => {
      const body = { otherId: other.id, fields: choicesOf(rows, read) };
      const answer = await rest.send('POST', `${kind.api}/${record.id}/merge`, body);
      onMerged(readAnswer(kind.schema, answer), other.id);
      return undefined;
    },
    done: `${kind.nameOf(other)} was merged into ${kind.nameOf(record)}.`,
    onDone: onClose,
  });
  const shownOf = ({ key }: MergeRow, value: unknown) =>
    key === 'ownerId' ? (people.get(toInput(value))?.name ?? 'Unknown person') : toInput(value);
  return (
    <FormDialog
      title={`Merge ${kind.nameOf(other)} into ${kind.nameOf(record)}`}
      lead={`${joined} The other ${kind.noun} goes away for good: a merge cannot be undone.`}
      form={form}
      submit={`Merge ${kind.plural}`}
      isDangerous
      isWide
      onClose={onClose}
    >
      {rows.length === 0 && (
        <p className="soft">The two have the same values, so there is nothing to choose.</p>
      )}
      {rows.length > 0 && (
        <div className="merge__row">
          <p>
            <span className="soft small">This stays</span>
            <br />
            {kind.nameOf(record)}
          </p>
          <p>
            <span className="soft small">This goes into it</span>
            <br />
            {kind.nameOf(other)}
          </p>
        </div>
      )}
      {rows.map((row) => (
        <fieldset key={row.key} className="merge__row">
          <legend className="field__label">{row.label}</legend>
          {(['this', 'other'] as const).map((side) => (
            <label key={side} className="merge__choice">
              <input type="radio" name={row.key} value={side} defaultChecked={side === row.usual} />
              <span>{shownOf(row, side === 'this' ? row.mine : row.theirs) || 'Nothing'}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </FormDialog>
  );
}
