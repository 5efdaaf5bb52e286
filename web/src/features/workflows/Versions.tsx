import { useCallback, useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import {
  type SavedWorkflow,
  versionListSchema,
  type WorkflowVersion,
} from '../../data/workflows.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { DefinitionWords } from './DefinitionWords.tsx';
import { useKit } from './useKit.ts';
import { personName } from './words.ts';

interface VersionsProps {
  readonly data: WorkspaceData;
  readonly workflow: Pick<
    SavedWorkflow,
    'id' | 'status' | 'latestVersion' | 'activeVersion' | 'version'
  >;
  /** Has another version run; absent where that is offered elsewhere. */
  readonly onActivate?: (number: number) => void;
}

/** The versions of a workflow: who made them and when, and which one runs. */
export function Versions({ data, workflow, onActivate }: VersionsProps) {
  const { rest } = data;
  const { id, status, activeVersion, version } = workflow;
  const kit = useKit();
  const [looked, setLooked] = useState<WorkflowVersion>();
  const list = useLoad(
    useCallback(() => rest.get(`/api/workflows/${id}/versions`, versionListSchema), [rest, id]),
    String(version),
  );
  return (
    <section className="part" aria-labelledby="part-versions">
      <h2 className="part__title" id="part-versions">
        Versions
      </h2>
      {list.status === 'loading' && <Loading what="the versions" />}
      {list.status === 'failed' && (
        <Failure
          title="The versions cannot be shown"
          message={list.problem.message}
          onRetry={list.reload}
        />
      )}
      {list.status === 'ready' && (
        <ul className="versions" aria-label="Versions">
          {list.value.versions.map((each) => {
            const isActive = status === 'ACTIVE' && each.number === activeVersion;
            return (
              <li key={each.number} className="versions__version">
                <div>
                  <p>
                    Version {each.number}{' '}
                    {isActive && (
                      <span className="tag" data-tone="accent">
                        Runs
                      </span>
                    )}
                  </p>
                  <p className="soft small">
                    {personName(kit, each.createdBy)}, <Moment at={each.createdAt} />
                  </p>
                </div>
                <div className="versions__actions">
                  <button
                    className="button button--small button--quiet"
                    type="button"
                    aria-label={`Look at version ${each.number}`}
                    onClick={() => setLooked(each)}
                  >
                    Look
                  </button>
                  {onActivate !== undefined && !isActive && status !== 'ARCHIVED' && (
                    <button
                      className="button button--small"
                      type="button"
                      aria-label={`Activate… version ${each.number}`}
                      onClick={() => onActivate(each.number)}
                    >
                      Activate…
                    </button>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {looked !== undefined && (
        <Dialog title={`Version ${looked.number}`} onClose={() => setLooked(undefined)} isWide>
          <DefinitionWords definition={looked.definition} />
          <div className="form__actions">
            <button className="button" type="button" onClick={() => setLooked(undefined)}>
              Close
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
