import { orgWide } from '../access/access.public.ts';
import type { RecordKind } from '../events/events.public.ts';
import { namePlanChanges } from './plans.events.ts';
import { plans } from './plans.repository.ts';
import type { Plan } from './plans.schema.ts';

/** How changes of compensation plans become events. */
export const planKind: RecordKind<Plan> = {
  recordType: 'plan',
  collection: plans,
  audienceOf: () => orgWide,
  nameChanges: namePlanChanges,
};
