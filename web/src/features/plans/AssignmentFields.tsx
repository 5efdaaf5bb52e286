import type { WorkspaceData } from '../../data/port.ts';
import { usePeople } from '../../data/usePeople.ts';
import type { TermsInput } from './terms-form.ts';
import { useTeams } from './useNames.ts';

interface AssignmentFieldsProps {
  readonly data: WorkspaceData;
  readonly terms: TermsInput;
  readonly change: (part: Partial<TermsInput>) => void;
}

/** Whom the terms are for: everyone, or teams and people. */
export function AssignmentFields({ data, terms, change }: AssignmentFieldsProps) {
  const { everyone, teamIds, userIds } = terms;
  const teams = useTeams(data.rest);
  const people = [...usePeople(data).values()]
    .filter(({ id, active }) => active || userIds.includes(id))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <fieldset className="choices">
        <legend className="field__label">For</legend>
        <label className="choices__choice">
          <input
            type="radio"
            name="assignment"
            checked={everyone}
            onChange={() => change({ everyone: true, teamIds: [], userIds: [] })}
          />
          Everyone
        </label>
        <label className="choices__choice">
          <input
            type="radio"
            name="assignment"
            checked={!everyone}
            onChange={() => change({ everyone: false })}
          />
          Some teams and people
        </label>
      </fieldset>
      {!everyone && (
        <>
          <Checks
            legend="Teams"
            options={teams}
            chosen={teamIds}
            onChange={(ids) => change({ teamIds: ids })}
          />
          <Checks
            legend="People"
            options={people}
            chosen={userIds}
            onChange={(ids) => change({ userIds: ids })}
          />
        </>
      )}
    </>
  );
}

interface ChecksProps {
  readonly legend: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: string[]) => void;
}

function Checks({ legend, options, chosen, onChange }: ChecksProps) {
  if (options.length === 0) return null;
  return (
    <fieldset className="choices">
      <legend className="field__label">{legend}</legend>
      <div className="assignees">
        {options.map(({ id, name }) => (
          <label key={id} className="choices__choice">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id),
                )
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
