import { type Event, eventSchema } from '../../functions/src/modules/events/events.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { until } from './until.ts';

/** All events of an organisation by id. */
export async function eventsOf(orgId: string): Promise<Record<string, Event>> {
  const { docs } = await firestore().collection(`orgs/${orgId}/events`).get();
  return Object.fromEntries(
    docs.map((doc) => [doc.id, eventSchema.parse(timestampsToDates(doc.data()))]),
  );
}

/** A record's events by version, as soon as there are `count` of them; more than that fail the test. */
export async function awaitEvents(
  orgId: string,
  recordId: string,
  count: number,
): Promise<readonly (Event & { readonly id: string })[]> {
  return until(`${count} events of ${recordId}`, async () => {
    const found = Object.entries(await eventsOf(orgId))
      .map(([id, event]) => ({ ...event, id }))
      .filter((event) => event.recordId === recordId)
      .sort((a, b) => a.version - b.version);
    if (found.length > count) throw new Error(`${recordId} has ${found.length} events`);
    return found.length === count ? found : undefined;
  });
}
