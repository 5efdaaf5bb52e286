import type { RecordType } from '../modules/access/access.schema.ts';
import {
  conversationAudience,
  conversations,
} from '../modules/conversations/conversations.public.ts';
import type { RecordKind } from '../modules/events/events.public.ts';
import { jobs } from '../modules/jobs/jobs.public.ts';
import { ledger, splits } from '../modules/ledger/ledger.public.ts';
import {
  audienceOfNotification,
  notifications,
} from '../modules/notifications/notifications.public.ts';
import { orgs } from '../modules/orgs/orgs.public.ts';
import { runs } from '../modules/runs/runs.public.ts';
import type { Audience } from '../platform/principal.schema.ts';
import type { RecordFields } from '../platform/records.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';
import type { FindAudience } from '../workflows/explain-access.ts';
import { allRecordKinds } from './record-kinds.ts';

const orgWide: Audience = { ownerId: null, teamId: null, participantIds: [] };

/** For each type of record, how to find out who is concerned by one: for explaining access. */
export const audiences: Partial<Readonly<Record<RecordType, FindAudience>>> = {
  ...Object.fromEntries(allRecordKinds.map((kind) => [kind.recordType, audienceFinder(kind)])),
  // The one collection that an organisation shares with others: only its own document is its.
  org: async (unit, id) => (id === unit.orgId && (await unit.find(orgs, id)) ? orgWide : undefined),
  conversation: async (unit, id) => {
    const conversation = await unit.find(conversations, id);
    return conversation && conversationAudience(conversation);
  },
  job: (unit, id) => unit.find(jobs, id),
  ledger: (unit, id) => unit.find(ledger, id),
  run: (unit, id) => unit.find(runs, id),
  split: (unit, id) => unit.find(splits, id),
  notification: async (unit, id) => {
    const found = await unit.find(notifications, id);
    return found && audienceOfNotification(found);
  },
};

function audienceFinder<T extends RecordFields>(kind: RecordKind<T>): FindAudience {
  return async (unit: UnitOfWork, id: string) => {
    const record = await unit.find(kind.collection, id);
    return record && kind.audienceOf(record);
  };
}
