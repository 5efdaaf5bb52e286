import { useId } from 'react';
import type { FieldErrors } from 'react-hook-form';
import { Icon } from '../../../ui/Icon.tsx';
import type { People } from '../usePipeline.ts';
import {
  addRow,
  isWhole,
  type SplitForm,
  type SplitRow,
  splitEqually,
  sumInWords,
  usualRoles,
} from './split-form.ts';

type SplitErrors = FieldErrors<SplitForm>['splits'];

interface SplitRowsProps {
  readonly rows: readonly SplitRow[];
  readonly onChange: (rows: readonly SplitRow[]) => void;
  readonly errors: SplitErrors;
  readonly people: People;
}

/** Who has which part of the deal, and what is left to give out. */
export function SplitRows({ rows, onChange, errors, people }: SplitRowsProps) {
  const roleListId = useId();
  const general = errors?.root?.message ?? errors?.message;
  return (
    <div className="splits__editor">
      <datalist id={roleListId}>
        {usualRoles.map((role) => (
          <option key={role} value={role} />
        ))}
      </datalist>
      <ul className="splits__rows">
        {rows.map((row, index) => (
          <Row
            key={row.key}
            {...{ row, rows, people, roleListId }}
            number={index + 1}
            problems={errors?.[index]}
            onChange={(changed) => onChange(rows.with(index, changed))}
            onRemove={
              rows.length > 1 ? () => onChange(rows.filter((other) => other !== row)) : undefined
            }
          />
        ))}
      </ul>
      <div className="splits__foot">
        <button
          className="button button--quiet button--small"
          type="button"
          onClick={() => onChange(addRow(rows))}
        >
          <Icon name="plus" /> Add person
        </button>
        <button
          className="button button--quiet button--small"
          type="button"
          onClick={() => onChange(splitEqually(rows))}
        >
          Split equally
        </button>
        <output className="splits__sum" data-whole={isWhole(rows)}>
          {sumInWords(rows)}
        </output>
      </div>
      {general !== undefined && (
        <p className="field__error" role="alert">
          {general}
        </p>
      )}
    </div>
  );
}

interface RowProps extends Pick<SplitRowsProps, 'rows' | 'people'> {
  readonly row: SplitRow;
  readonly number: number;
  readonly problems: NonNullable<SplitErrors>[number] | undefined;
  readonly roleListId: string;
  readonly onChange: (row: SplitRow) => void;
  readonly onRemove: (() => void) | undefined;
}

function Row(props: RowProps) {
  const { row, rows, number, people, problems, roleListId, onChange, onRemove } = props;
  const errorId = useId();
  const taken = new Set(rows.filter((other) => other !== row).map(({ uid }) => uid));
  const problem = problems?.uid?.message ?? problems?.share?.message ?? problems?.role?.message;
  const name = people.get(row.uid)?.name ?? `person ${number}`;
  const described = problem === undefined ? {} : { 'aria-describedby': errorId };
  return (
    <li className="splits__row">
      <select
        {...described}
        className="input"
        aria-label={`Person ${number}`}
        aria-invalid={problems?.uid !== undefined}
        value={row.uid}
        onChange={(event) => onChange({ ...row, uid: event.currentTarget.value })}
      >
        <option value="">Choose a person</option>
        {optionsOf(people, row.uid).map((person) => (
          <option key={person.id} value={person.id} disabled={taken.has(person.id)}>
            {person.name}
          </option>
        ))}
      </select>
      <span className="splits__share">
        <input
          {...described}
          className="input"
          inputMode="decimal"
          autoComplete="off"
          aria-label={`Share of ${name} in per cent`}
          aria-invalid={problems?.share !== undefined}
          value={row.share}
          onChange={(event) => onChange({ ...row, share: event.currentTarget.value })}
        />
        <span aria-hidden="true">%</span>
      </span>
      <input
        {...described}
        className="input"
        list={roleListId}
        autoComplete="off"
        placeholder="Role"
        maxLength={50}
        aria-label={`Role of ${name}`}
        value={row.role}
        onChange={(event) => onChange({ ...row, role: event.currentTarget.value })}
      />
      <button
        className="icon-button"
        type="button"
        aria-label={`Remove ${name}`}
        disabled={onRemove === undefined}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
      {problem !== undefined && (
        <p className="field__error splits__error" id={errorId} role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

/** Members, and whoever has left and still has this part. */
function optionsOf(people: People, uid: string): { readonly id: string; readonly name: string }[] {
  const members = [...people.values()]
    .filter(({ id, active }) => active || id === uid)
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const isKnown = uid === '' || people.has(uid);
  return isKnown ? members : [{ id: uid, name: 'Unknown person' }, ...members];
}
