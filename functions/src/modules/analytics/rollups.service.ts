import { changedRecords, type Span, sinceLastRun } from '../../platform/changed-records.ts';
import type { Collection } from '../../platform/collection.ts';
import type { RecordFields } from '../../platform/records.ts';
import type { Invocation } from '../../platform/runtime.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import type { RecordType } from '../access/access.schema.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import type { Contribution } from './analytics.schema.ts';
import { applyContributions, ROLLUP_WATERMARK } from './rollups.repository.ts';

/** A batch takes 500 writes: a state for each record, and the rollup documents they touch. */
const PAGE = 100;

type RollupContext = Pick<Invocation, 'store' | 'log' | 'now'>;
/** Brings the rollups up to the changes of one kind of record. */
export type RolledKind = (ctx: RollupContext, span: Span) => Promise<void>;

/** How one kind of record counts; `timeZone` is its organisation's. */
export function rollUpOf<T extends RecordFields>(
  recordType: RecordType,
  collection: Collection<T>,
  contribute: (record: T, timeZone: string) => Contribution,
): RolledKind {
  return async (ctx, span) => {
    const zones = new Map<string, string>();
    for await (const page of changedRecords(ctx.store, collection, span)) {
      for (const [orgId, changed] of Map.groupBy(page, ({ orgId }) => orgId)) {
        const timeZone = zones.get(orgId) ?? (await getOrg(openUnit(ctx, orgId))).timeZone;
        zones.set(orgId, timeZone);
        const counted = changed.map(({ record }) => ({
          stateId: `${recordType}_${record.id}`,
          contribution: contribute(record, timeZone),
        }));
        await applyContributions(ctx.store, orgId, counted);
      }
    }
  };
}

/** Brings all rollups up to date; run every minute, it may also run twice or beside itself. */
export async function rollUp(ctx: RollupContext, kinds: readonly RolledKind[]): Promise<void> {
  await sinceLastRun(ctx.store, ROLLUP_WATERMARK, ctx.now, async (since) => {
    for (const rollKind of kinds) await rollKind(ctx, { since, until: ctx.now, limit: PAGE });
  });
}
