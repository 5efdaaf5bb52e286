import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { events, payloadOf } from '../events/events.public.ts';
import type { Delivery } from './deliveries.schema.ts';

/** The body that a message is sent with; undefined when its event is there no more. */
export async function bodyOf(
  unit: UnitOfWork,
  message: Delivery['message'],
): Promise<string | undefined> {
  if (message.kind !== 'event') return message.body;
  const event = await unit.find(events, message.eventId);
  return event && JSON.stringify(payloadOf(event));
}
