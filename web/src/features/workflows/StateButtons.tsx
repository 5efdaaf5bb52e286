import { useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import type { SavedWorkflow } from '../../data/workflows.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { ActivateDialog } from './ActivateDialog.tsx';
import { ArchiveDialog } from './ArchiveDialog.tsx';

interface StateButtonsProps {
  readonly rest: Rest;
  readonly workflow: Pick<
    SavedWorkflow,
    'id' | 'name' | 'status' | 'activeVersion' | 'latestVersion'
  >;
  readonly onChange: () => void;
  /** In a list: only what is done often. */
  readonly isSmall?: boolean;
}

/** Has a workflow run, pause or end, as its state allows. */
export function StateButtons({ rest, workflow, onChange, isSmall = false }: StateButtonsProps) {
  const { id, name, status, activeVersion, latestVersion } = workflow;
  const { warn, offer } = useNotices();
  const [asked, setAsked] = useState<'activate' | 'archive'>();
  const size = isSmall ? 'button button--small' : 'button';
  const command = async (verb: 'pause' | 'activate', body?: object) => {
    try {
      await rest.send('POST', `/api/workflows/${id}/${verb}`, body);
      onChange();
      return true;
    } catch (error) {
      warn(toProblem(error).message);
      return false;
    }
  };
  const resume = () =>
    command('activate', activeVersion === null ? {} : { workflowVersion: activeVersion });
  const pause = async () => {
    if (!(await command('pause'))) return;
    offer(`${name} is paused and starts for nothing more. Runs under way go on.`, {
      label: 'Resume',
      run: () => void resume(),
    });
  };
  const close = () => setAsked(undefined);
  const isAhead = status === 'ACTIVE' && activeVersion !== latestVersion;
  const activate = isAhead ? `Activate version ${latestVersion}…` : 'Activate…';
  return (
    <>
      {status === 'ACTIVE' && (
        <button
          className={size}
          type="button"
          aria-label={`Pause ${name}`}
          onClick={() => void pause()}
        >
          Pause
        </button>
      )}
      {status === 'PAUSED' && (
        <button
          className={size}
          type="button"
          aria-label={`Resume ${name}`}
          onClick={() => void resume()}
        >
          Resume
        </button>
      )}
      {(status === 'DRAFT' || isAhead) && (
        <button
          className={size}
          type="button"
          aria-label={`${activate} ${name}`}
          onClick={() => setAsked('activate')}
        >
          {activate}
        </button>
      )}
      {!isSmall && status !== 'ARCHIVED' && (
        <button className={size} type="button" onClick={() => setAsked('archive')}>
          Archive…
        </button>
      )}
      {asked === 'activate' && (
        <ActivateDialog
          rest={rest}
          workflow={workflow}
          number={latestVersion}
          onClose={close}
          onDone={() => {
            close();
            onChange();
          }}
        />
      )}
      {asked === 'archive' && (
        <ArchiveDialog
          rest={rest}
          workflow={workflow}
          onClose={close}
          onDone={() => {
            close();
            onChange();
          }}
        />
      )}
    </>
  );
}
