import type { Trigger } from './automations.schema.ts';

/** The types of event that the contract names in its own words. */
const namedTypes: Readonly<Record<string, string>> = {
  TAG_ADDED: 'contact.tag_added',
  TAG_REMOVED: 'contact.tag_removed',
  APPOINTMENT_SCHEDULED: 'appointment.created',
  MESSAGE_RECEIVED: 'message.received',
};
const namesByType = new Map(Object.entries(namedTypes).map(([name, type]) => [type, name]));

/**
 * The type of event that a trigger such as `CONTACT_CREATED` or `TAG_ADDED` stands for: apart from
 * the few in the table, the kind of record and what happened to it.
 */
export function eventTypeOf(name: string, known: readonly string[]): string | undefined {
  return namedTypes[name] ?? known.find((type) => nameOfType(type) === name);
}

/** A trigger in the words of the contract, such as `CONTACT_CREATED`. */
export function contractNameOf(trigger: Trigger): string {
  if (trigger.kind !== 'event') return trigger.kind.toUpperCase();
  return trigger.types.map(nameOfType).join(',');
}

/** `deal.stage_changed` as `DEAL_STAGE_CHANGED`. */
export function nameOfType(type: string): string {
  const spelt = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').replaceAll('.', '_');
  return namesByType.get(type) ?? spelt.toUpperCase();
}
