import { expect, it } from '@jest/globals';
import { eventTypes } from '../events/events.public.ts';
import { contractNameOf, eventTypeOf, nameOfType } from './contract-names.ts';

it.each([
  ['CONTACT_CREATED', 'contact.created'],
  ['TAG_ADDED', 'contact.tag_added'],
  ['DEAL_STAGE_CHANGED', 'deal.stage_changed'],
  ['API_KEY_REVOKED', 'apiKey.revoked'],
  ['MESSAGE_RECEIVED', 'message.received'],
])('%s is %s', (name, type) => {
  expect(eventTypeOf(name, eventTypes)).toBe(type);
  expect(nameOfType(type)).toBe(name);
});

it('every type of event has a name of its own, and the name leads back to it', () => {
  expect(eventTypes.map((type) => eventTypeOf(nameOfType(type), eventTypes))).toEqual(eventTypes);
  expect(eventTypeOf('CONTACT_SNEEZED', eventTypes)).toBeUndefined();
});

it('other triggers go by their kind, and several events by all of their names', () => {
  expect(contractNameOf({ kind: 'stalled', days: 3 })).toBe('STALLED');
  const both = { kind: 'event' as const, types: ['deal.won', 'deal.lost'] };
  expect(contractNameOf(both)).toBe('DEAL_WON,DEAL_LOST');
});
