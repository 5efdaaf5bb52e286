import { useCallback } from 'react';
import { teamListSchema } from '../../data/plans.ts';
import type { Rest, WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { usePeople } from '../../data/usePeople.ts';
import type { Webhook } from '../../data/webhooks.ts';
import { Moment } from '../../ui/Moment.tsx';

interface WebhookFactsProps {
  readonly data: WorkspaceData;
  readonly webhook: Webhook;
}

/** What is sent, whose records it is about, and how it is signed. */
export function WebhookFacts({ data, webhook }: WebhookFactsProps) {
  const { types, filters, headerNames, previousSecretUntil } = webhook;
  const { recordType, teamId, ownerId } = filters;
  const people = usePeople(data);
  const isFiltered = recordType !== null || teamId !== null || ownerId !== null;
  return (
    <dl className="facts">
      <dt>Events</dt>
      <dd>
        <ul className="webhook__types" aria-label="Events">
          {types.map((type) => (
            <li key={type} className="tag">
              {type === '*' ? 'All events' : type}
            </li>
          ))}
        </ul>
      </dd>
      {isFiltered && (
        <>
          <dt>Only records</dt>
          <dd>
            {recordType !== null && <p>of the type {recordType}</p>}
            {teamId !== null && <TeamName rest={data.rest} id={teamId} />}
            {ownerId !== null && <p>owned by {people.get(ownerId)?.name ?? 'somebody who left'}</p>}
          </dd>
        </>
      )}
      {headerNames.length > 0 && (
        <>
          <dt>Own headers</dt>
          <dd className="webhook__text">{headerNames.join(', ')}</dd>
        </>
      )}
      <dt>Secret</dt>
      <dd>
        {isAhead(previousSecretUntil) ? (
          <>
            Rotated. The one before is valid as well until <Moment at={previousSecretUntil} />.
          </>
        ) : (
          'Shown once when it was made.'
        )}
      </dd>
      <dt>Added</dt>
      <dd>
        <Moment at={webhook.createdAt} />
      </dd>
    </dl>
  );
}

function isAhead(iso: string | null): iso is string {
  return iso !== null && new Date(iso) > new Date();
}

function TeamName({ rest, id }: { readonly rest: Rest; readonly id: string }) {
  const teams = useLoad(useCallback(() => rest.get('/api/teams', teamListSchema), [rest]));
  const name =
    teams.status === 'ready' ? teams.value.teams.find((team) => team.id === id)?.name : '…';
  return <p>of the team {name ?? 'that is there no more'}</p>;
}
