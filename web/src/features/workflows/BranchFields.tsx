import { ConditionGroup } from './ConditionGroup.tsx';
import { type BranchDraft, type BranchStepDraft, newBranch } from './draft.ts';
import { ScopeProvider, useScope } from './scope.ts';
import type { RenderSteps } from './step-list.ts';

interface BranchFieldsProps {
  readonly step: BranchStepDraft;
  readonly path: string;
  readonly number: number;
  readonly depth: number;
  readonly takenIds: readonly string[];
  readonly renderSteps: RenderSteps;
  readonly onChange: (step: BranchStepDraft) => void;
}

const MAX_BRANCHES = 10;

/** The ways that a run can take: the first whose conditions hold, or the last of them. */
export function BranchFields(props: BranchFieldsProps) {
  const { step, path, number, depth, takenIds, renderSteps, onChange } = props;
  const { branches, otherwise } = step;
  const scope = useScope();
  // A step asks of what it works on as well as of what started the workflow.
  const recordTypes = [...new Set([...scope.recordTypes, ...scope.subjects])];
  const replace = (index: number, branch: BranchDraft) =>
    onChange({ ...step, branches: branches.with(index, branch) });
  return (
    <div className="branches">
      {branches.map((branch, index) => {
        const below = `${path}.config.branches.${index}`;
        const name = `${index === 0 ? 'If' : 'Otherwise if'}, step ${number}`;
        return (
          <div key={branch.key} className="branch">
            <div className="branch__head">
              <h5 className="branch__name">{index === 0 ? 'If' : 'Otherwise, if'}</h5>
              {branches.length > 1 && (
                <button
                  className="button button--quiet button--small"
                  type="button"
                  aria-label={`Remove way ${index + 1} of step ${number}`}
                  onClick={() => onChange({ ...step, branches: branches.toSpliced(index, 1) })}
                >
                  Remove
                </button>
              )}
            </div>
            <ScopeProvider value={{ ...scope, recordTypes }}>
              <ConditionGroup
                group={branch.condition}
                path={`${below}.condition`}
                label={`${name}: conditions`}
                onChange={(condition) => replace(index, { ...branch, condition })}
              />
            </ScopeProvider>
            {renderSteps({
              ...{ steps: branch.steps, path: `${below}.steps`, label: `${name}: steps` },
              ...{ depth: depth + 1, takenIds },
              onChange: (steps) => replace(index, { ...branch, steps }),
            })}
          </div>
        );
      })}
      {branches.length < MAX_BRANCHES && (
        <div>
          <button
            className="button button--quiet button--small"
            type="button"
            onClick={() => onChange({ ...step, branches: [...branches, newBranch()] })}
          >
            Add another way
          </button>
        </div>
      )}
      <div className="branch">
        <h5 className="branch__name">Otherwise</h5>
        {renderSteps({
          ...{ steps: otherwise, path: `${path}.config.otherwise` },
          ...{ label: `Otherwise, step ${number}: steps`, depth: depth + 1, takenIds },
          onChange: (steps) => onChange({ ...step, otherwise: steps }),
        })}
      </div>
    </div>
  );
}
