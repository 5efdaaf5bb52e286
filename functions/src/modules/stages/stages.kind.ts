import { orgWide } from '../access/access.public.ts';
import type { RecordKind } from '../events/events.public.ts';
import { nameStageChanges } from './stages.events.ts';
import { stages } from './stages.repository.ts';
import type { Stage } from './stages.schema.ts';

/** How changes of stages become events. */
export const stageKind: RecordKind<Stage> = {
  recordType: 'stage',
  collection: stages,
  audienceOf: () => orgWide,
  nameChanges: nameStageChanges,
};
