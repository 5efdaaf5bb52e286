import type { Field, FieldRecordType } from '@splitline/functions/contracts';
import type { Rest } from '../../data/port.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { recordNames, typeNames } from './field-words.ts';
import { useRowCommand } from './useRowCommand.ts';

interface FieldRowProps {
  readonly rest: Rest;
  readonly recordType: FieldRecordType;
  readonly field: Field;
  readonly onChange: () => void;
  readonly onChanged: () => void;
}

/** One custom field. Archiving it can be taken back, so nobody is asked before. */
export function FieldRow({ rest, recordType, field, onChange, onChanged }: FieldRowProps) {
  const { key, label, type, options, required, archived } = field;
  const { offer } = useNotices();
  const path = `/api/settings/fields/${key}?recordType=${recordType}`;
  const restoring = useRowCommand({
    run: () => rest.send('PATCH', path, { archived: false }),
    done: `${label} is a field again.`,
    failed: `${label} stays archived.`,
    onDone: onChanged,
  });
  const archiving = useRowCommand({
    run: () => rest.send('DELETE', path),
    done: `${label} is archived.`,
    failed: `${label} was not archived.`,
    onDone: () => {
      onChanged();
      const records = recordNames[recordType][1].toLowerCase();
      offer(`${label} is archived: ${records} keep their values, and none takes a new one.`, {
        ...{ label: 'Undo', run: restoring.run },
      });
    },
  });
  return (
    <li className="rows__row settings__row" aria-label={label}>
      <div className="settings__main">
        <p className="settings__name">
          {label}
          {required && <span className="tag">Required</span>}
          {archived && (
            <span className="tag" data-tone="warning">
              Archived
            </span>
          )}
        </p>
        <p className="soft small settings__detail">
          {typeNames[type]} · <code>{key}</code>
          {options.length > 0 && ` · ${options.join(', ')}`}
        </p>
      </div>
      <div className="page__actions">
        {!archived && (
          <button className="button button--small" type="button" onClick={onChange}>
            Change…<span className="visually-hidden"> {label}</span>
          </button>
        )}
        <button
          className="button button--small button--quiet"
          type="button"
          aria-disabled={archiving.isRunning || restoring.isRunning}
          onClick={archived ? restoring.run : archiving.run}
        >
          {archived ? 'Restore' : 'Archive'}
          <span className="visually-hidden"> {label}</span>
        </button>
      </div>
    </li>
  );
}
