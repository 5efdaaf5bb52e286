import { useCallback } from 'react';
import { appointmentListSchema } from '../../../data/deals.ts';
import type { Rest } from '../../../data/port.ts';
import { useLoad } from '../../../data/useLoad.ts';
import { Moment } from '../../../ui/Moment.tsx';
import type { People } from '../usePipeline.ts';

interface AppointmentsProps {
  readonly rest: Rest;
  readonly dealId: string;
  readonly people: People;
}

const statusNames = {
  SCHEDULED: 'Scheduled',
  COMPLETED: 'Completed',
  CANCELLED: 'Cancelled',
  NO_SHOW: 'No show',
} as const;

/** The appointments about a deal; nothing until there is one. */
export function Appointments({ rest, dealId, people }: AppointmentsProps) {
  const loaded = useLoad(
    useCallback(
      () =>
        rest.get('/api/appointments', appointmentListSchema, {
          ...{ dealId, order: 'desc', limit: '10' },
        }),
      [rest, dealId],
    ),
  );
  // They stand in the history too, which says when it cannot be shown.
  const appointments = loaded.status === 'ready' ? loaded.value.appointments : [];
  if (appointments.length === 0) return null;
  return (
    <section className="side-panel__section" aria-label="Appointments">
      <h3>Appointments</h3>
      <ul className="deal__lines-list">
        {appointments.map(({ id, title, startTime, status, ownerId, location }) => (
          <li key={id} className="deal__line">
            <span>{title}</span>
            <span className="soft small">
              <Moment at={startTime} />
              {[location, people.get(ownerId)?.name]
                .filter((part) => part !== null && part !== undefined)
                .map((part) => ` · ${part}`)}
            </span>
            <span className="tag" data-tone={status === 'SCHEDULED' ? 'accent' : undefined}>
              {statusNames[status]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
