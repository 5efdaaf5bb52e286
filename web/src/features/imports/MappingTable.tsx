import { CUSTOM_PREFIX, type Field, importFields } from '@splitline/functions/contracts';
import { Fragment, useId } from 'react';
import { useFormContext } from 'react-hook-form';
import type { ImportDetail } from '../../data/imports.ts';
import { fieldLabel } from './import-words.ts';
import type { PlanInput } from './plan-form.ts';

interface MappingTableProps {
  readonly source: ImportDetail;
  readonly customFields: readonly Field[];
}

const SAMPLES = 3;

/** The first values of a column, each once. */
function samplesOf(rows: ImportDetail['sampleRows'], index: number): string[] {
  const values = rows.flatMap((row) => row[index]?.trim() || []);
  return [...new Set(values)].slice(0, SAMPLES);
}

/** Each column of the file with its first values, and the field that it fills. */
export function MappingTable({ source, customFields }: MappingTableProps) {
  const { columns, sampleRows } = source;
  return (
    <div className="mapping">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Column and its first values</th>
            <th scope="col">Is imported as</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column, index) => (
            <MappingRow
              key={column}
              index={index}
              column={column}
              samples={samplesOf(sampleRows, index)}
              source={source}
              customFields={customFields}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface MappingRowProps extends MappingTableProps {
  readonly index: number;
  readonly column: string;
  readonly samples: readonly string[];
}

function MappingRow({ index, column, samples, source, customFields }: MappingRowProps) {
  const { recordType } = source;
  const { register, watch, formState } = useFormContext<PlanInput>();
  const errorId = useId();
  const error = formState.errors.fields?.[index]?.message;
  const chosen = watch(`fields.${index}`);
  const usable = customFields.filter(({ archived }) => !archived);
  // A guess may come before the custom fields themselves.
  const isComing =
    chosen.startsWith(CUSTOM_PREFIX) && !usable.some(({ key }) => CUSTOM_PREFIX + key === chosen);
  return (
    <tr>
      <th scope="row" className="mapping__column">
        <span dir="auto">{column}</span>
        <span className="soft small mapping__samples">
          {samples.length === 0
            ? 'Empty in the first rows'
            : samples.map((sample, at) => (
                <Fragment key={sample}>
                  {at > 0 && ' · '}
                  <bdi>{sample}</bdi>
                </Fragment>
              ))}
        </span>
      </th>
      <td>
        <select
          {...register(`fields.${index}`)}
          // Said again whenever the options change: a browser would choose the first of new ones.
          value={chosen}
          className="input"
          aria-label={`Import ${column} as`}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : errorId}
        >
          <option value="">Do not import</option>
          {importFields[recordType].map(({ field }) => (
            <option key={field} value={field}>
              {fieldLabel(recordType, field)}
            </option>
          ))}
          {isComing && <option value={chosen}>{chosen.slice(CUSTOM_PREFIX.length)}</option>}
          {usable.length > 0 && (
            <optgroup label="Custom fields">
              {usable.map(({ key, label }) => (
                <option key={key} value={CUSTOM_PREFIX + key}>
                  {label}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        {error !== undefined && (
          <p className="field__error" id={errorId} role="alert">
            {error}
          </p>
        )}
      </td>
    </tr>
  );
}
