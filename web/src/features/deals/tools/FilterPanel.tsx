import { type DealFilters, minorDigits, OWN_DEALS } from '@splitline/functions/contracts';
import { type ReactNode, useCallback, useState } from 'react';
import { z } from 'zod';
import type { WorkspaceData } from '../../../data/port.ts';
import { useLoad } from '../../../data/useLoad.ts';
import { Field, SelectField } from '../../../ui/Field.tsx';
import { moneyForInput, readMoney } from '../../../ui/money-input.ts';
import type { Pipeline } from '../usePipeline.ts';
import './tools.css';

interface FilterPanelProps {
  readonly data: WorkspaceData;
  readonly pipeline: Pipeline;
  readonly filters: DealFilters;
  readonly onFilters: (filters: DealFilters) => void;
  readonly onClose: () => void;
}

const teamsSchema = z.object({ teams: z.array(z.object({ id: z.string(), name: z.string() })) });

/** What the pipeline can be narrowed by; each choice takes effect at once. */
export default function FilterPanel(props: FilterPanelProps) {
  const { data, pipeline, filters, onFilters, onClose } = props;
  const teams = useLoad(
    useCallback(() => data.rest.get('/api/teams', teamsSchema, { limit: '100' }), [data]),
  );
  const set = (change: Partial<DealFilters>) => onFilters({ ...filters, ...change });
  const people = [...pipeline.people.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  const tags = [...new Set(pipeline.deals.flatMap((deal) => deal.tags))].toSorted();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div
      className="filter-panel"
      role="group"
      aria-label="Filters"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <Choice
        label="Owner"
        value={filters.ownerId}
        options={[{ id: OWN_DEALS, name: 'Me' }, ...people.map(({ id, name }) => ({ id, name }))]}
        onChange={(ownerId) => set({ ownerId })}
      />
      <Choice
        label="Team"
        value={filters.teamId}
        options={teams.status === 'ready' ? teams.value.teams : []}
        problem={teams.status === 'failed' ? teams.problem.message : undefined}
        onChange={(teamId) => set({ teamId })}
      />
      <Choice
        label="Tag"
        value={filters.tag}
        options={tags.map((tag) => ({ id: tag, name: tag }))}
        onChange={(tag) => set({ tag })}
      />
      <AmountRange pipeline={pipeline} filters={filters} set={set} />
      <Field
        label="Closes from"
        name="closeFrom"
        type="date"
        value={filters.closeFrom ?? ''}
        onChange={(event) => set({ closeFrom: event.currentTarget.value || undefined })}
      />
      <Field
        label="Closes until"
        name="closeTo"
        type="date"
        value={filters.closeTo ?? ''}
        onChange={(event) => set({ closeTo: event.currentTarget.value || undefined })}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly problem?: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

function Choice({ label, value, options, problem, onChange }: ChoiceProps): ReactNode {
  const isListed = value === undefined || options.some(({ id }) => id === value);
  return (
    <SelectField
      label={label}
      name={label}
      value={value ?? ''}
      error={problem}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      <option value="">Any</option>
      {!isListed && <option value={value}>{label === 'Tag' ? value : 'Not listed'}</option>}
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

interface AmountRangeProps extends Pick<FilterPanelProps, 'pipeline' | 'filters'> {
  readonly set: (change: Partial<DealFilters>) => void;
}

/** Amounts compare within one currency: with a range it is part of the filter. */
function AmountRange({ pipeline, filters, set }: AmountRangeProps) {
  const { currency: own = 'USD' } = pipeline;
  const { currency = own, minMinor, maxMinor } = filters;
  const used = [...new Set([own, currency, ...pipeline.deals.map((deal) => deal.currency)])];
  const setRange = (change: Pick<DealFilters, 'minMinor' | 'maxMinor'>) => {
    const range = { minMinor, maxMinor, ...change };
    const isEmpty = range.minMinor === undefined && range.maxMinor === undefined;
    set({ ...range, currency: isEmpty ? undefined : currency });
  };
  return (
    <>
      <Amount
        label="Value from"
        currency={currency}
        minor={minMinor}
        onChange={(minor) => setRange({ minMinor: minor })}
      />
      <Amount
        label="Value to"
        currency={currency}
        minor={maxMinor}
        onChange={(minor) => setRange({ maxMinor: minor })}
      />
      {used.length > 1 && (
        <SelectField
          label="Currency"
          name="currency"
          value={filters.currency ?? ''}
          onChange={(event) =>
            // Other digits, other amounts: a range does not go along.
            set({
              ...{ currency: event.currentTarget.value || undefined },
              ...{ minMinor: undefined, maxMinor: undefined },
            })
          }
        >
          <option value="">Any</option>
          {used.toSorted().map((code) => (
            <option key={code}>{code}</option>
          ))}
        </SelectField>
      )}
    </>
  );
}

interface AmountProps {
  readonly label: string;
  readonly currency: string;
  readonly minor: number | undefined;
  readonly onChange: (minor: number | undefined) => void;
}

/** Takes effect when the person leaves it or presses Enter. */
function Amount({ label, currency, minor, onChange }: AmountProps) {
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const shown = minor === undefined ? '' : moneyForInput(minor, currency);
  const commit = () => {
    if (draft === undefined) return;
    const read = draft.trim() === '' ? undefined : readMoney(draft, currency, label);
    if (read !== undefined && 'problem' in read) return setProblem(read.problem.message);
    setProblem(undefined);
    setDraft(undefined);
    onChange(read?.minor);
  };
  return (
    <Field
      label={label}
      name={label}
      hint={currency}
      type="number"
      min={0}
      step={minorDigits(currency) === 0 ? 1 : 'any'}
      inputMode="decimal"
      value={draft ?? shown}
      error={problem}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
