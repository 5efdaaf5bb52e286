import type { User } from '@splitline/functions/contracts';
import { type FormEvent, useCallback } from 'react';
import { useFormContext } from 'react-hook-form';
import { Link } from 'wouter';
import type { ImportDetail } from '../../data/imports.ts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import type { Problem } from '../../data/problem.ts';
import { fieldListSchema } from '../../data/records.ts';
import { useLoad } from '../../data/useLoad.ts';
import { typeWords } from './import-words.ts';
import { MappingTable } from './MappingTable.tsx';
import { OptionFields } from './OptionFields.tsx';
import { type PlanInput, unmapped } from './plan-form.ts';
import { ReplaceFields } from './ReplaceFields.tsx';

interface MapStepProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly source: ImportDetail;
  /** What the server found wrong with the plan as a whole. */
  readonly problem: Problem | undefined;
  readonly onSubmit: (event: FormEvent) => Promise<void>;
}

/** Which column is which field, and how values are read. */
export function MapStep({ data, member, source, problem, onSubmit }: MapStepProps) {
  const { rest } = data;
  const { recordType, columns, rows, fileName } = source;
  const custom = useLoad(
    useCallback(
      () => rest.get('/api/settings/fields', fieldListSchema, { recordType }),
      [rest, recordType],
    ),
  );
  const { watch, formState } = useFormContext<PlanInput>();
  const left = unmapped(columns, watch('fields'));
  const { isSubmitting } = formState;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSubmitting) void onSubmit(event);
      }}
    >
      <p className="soft">
        {rows === 1 ? '1 row' : `${rows} rows`} of {typeWords[recordType].plural}
        {fileName !== null && <> in {fileName}</>}. What the columns are was guessed from their
        names; correct what is wrong.
      </p>
      {custom.status === 'failed' && (
        <p className="message message--warning" role="alert">
          Custom fields cannot be chosen now. {custom.problem.message}
        </p>
      )}
      <MappingTable
        source={source}
        customFields={custom.status === 'ready' ? custom.value.fields : []}
      />
      <p className={left.length === 0 ? 'soft' : 'message message--warning'} role="status">
        {left.length === 0
          ? 'Every column is imported.'
          : `Not imported: ${left.map((column) => `“${column}”`).join(', ')}.`}
      </p>
      <OptionFields data={data} member={member} recordType={recordType} />
      <ReplaceFields data={data} source={source} />
      {problem !== undefined && (
        <p className="message" role="alert">
          {problem.message}
        </p>
      )}
      <div className="form__actions">
        <button className="button button--primary" type="submit" aria-disabled={isSubmitting}>
          {isSubmitting ? 'Checking the rows…' : 'Check the rows'}
        </button>
        <Link className="button button--quiet" href="/import">
          Choose another file
        </Link>
      </div>
    </form>
  );
}
