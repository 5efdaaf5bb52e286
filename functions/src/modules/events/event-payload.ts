import type { z } from 'zod';
import type { Stored } from '../../platform/collection.ts';
import type { eventPayloadSchema } from './event-payload.schema.ts';
import type { Event } from './events.schema.ts';

/** An event as it is told to others: the same in webhooks and in the stream. */
export function payloadOf(event: Stored<Event>): z.infer<typeof eventPayloadSchema> {
  const { id, types, at, recordType, recordId, version, actor, ownerId, teamId, cause } = event;
  return {
    ...{ id, type: types[0] ?? `${recordType}.updated`, types },
    timestamp: at.toISOString(),
    data: {
      record: { type: recordType, id: recordId },
      ...{ version, actor, ownerId, teamId },
      before: asJson(event.before),
      after: asJson(event.after),
      cause: cause === null ? null : { eventId: cause.eventId, depth: cause.depth },
      recovered: event.recovered,
    },
  };
}

/** Fields as JSON has them: times as ISO texts. */
function asJson(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(fields));
}
