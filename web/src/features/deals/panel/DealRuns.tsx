import type { User } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { Link } from 'wouter';
import { type DealRun, dealRunListSchema, workflowNamesSchema } from '../../../data/deals.ts';
import type { Rest, Stored } from '../../../data/port.ts';
import { useLoad } from '../../../data/useLoad.ts';
import { Moment } from '../../../ui/Moment.tsx';

interface DealRunsProps {
  readonly rest: Rest;
  readonly dealId: string;
  readonly member: Stored<User>;
}

const statusNames: Readonly<Record<DealRun['status'], string>> = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  done: 'Done',
  stopped: 'Stopped',
  failed: 'Failed',
};

/** What automations did about a deal, for those who oversee it; nothing until one has run. */
export function DealRuns({ rest, dealId, member }: DealRunsProps) {
  const loaded = useLoad(
    useCallback(async () => {
      const [{ runs }, names] = await Promise.all([
        rest.get('/api/runs', dealRunListSchema, { recordId: dealId, limit: '10' }),
        // What workflows are called is for administrators.
        member.role === 'admin' ? namesOf(rest) : new Map<string, string>(),
      ]);
      return runs.map((run) => ({ ...run, name: names.get(run.workflowId) ?? 'Automation' }));
    }, [rest, dealId, member.role]),
  );
  if (loaded.status === 'failed') {
    return (
      <p className="message message--warning" role="alert">
        The automations’ runs cannot be shown. {loaded.problem.message}{' '}
        <button className="button button--quiet" type="button" onClick={loaded.reload}>
          Try again
        </button>
      </p>
    );
  }
  if (loaded.status === 'loading' || loaded.value.length === 0) return null;
  return (
    <section className="side-panel__section" aria-label="Automations">
      <h3>Automations</h3>
      <ul className="deal__lines-list">
        {loaded.value.map(({ id, name, status, createdAt }) => (
          <li key={id} className="deal__line">
            <Link href={`/workflows/runs/${id}`}>{name}</Link>
            <Moment className="soft small" at={createdAt} />
            <span className="tag" data-tone={toneOf(status)}>
              {statusNames[status]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function namesOf(rest: Rest): Promise<ReadonlyMap<string, string>> {
  const { workflows } = await rest.get('/api/workflows', workflowNamesSchema, { limit: '100' });
  return new Map(workflows.map(({ id, name }) => [id, name]));
}

function toneOf(status: DealRun['status']): 'danger' | 'accent' | undefined {
  if (status === 'failed') return 'danger';
  return status === 'done' || status === 'stopped' ? undefined : 'accent';
}
