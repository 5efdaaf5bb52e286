import { orgWide } from '../access/access.public.ts';
import type { RecordKind } from '../events/events.public.ts';
import { nameWorkflowChanges } from './automations.events.ts';
import { workflows } from './automations.repository.ts';
import type { Workflow } from './automations.schema.ts';

/** How changes of workflows become events. */
export const workflowKind: RecordKind<Workflow> = {
  recordType: 'workflow',
  collection: workflows,
  audienceOf: () => orgWide,
  nameChanges: nameWorkflowChanges,
};
