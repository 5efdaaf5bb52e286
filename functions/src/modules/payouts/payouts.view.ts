import { z } from '@hono/zod-openapi';
import type { Stored } from '../../platform/collection.ts';
import { reasonSchema } from '../ledger/ledger.schema.ts';
import type { PayoutDetail, PeriodDetail, PeriodList } from './list-payouts.ts';
import {
  type Payout,
  type Period,
  payoutStatusSchema,
  periodStatusSchema,
  periodTotalsSchema,
  scheduleSchema,
} from './payouts.schema.ts';
import type { PeriodSpan } from './periods.ts';
import type { Preview } from './preview-period.ts';
import type { Settings } from './settings.ts';

const amountSchema = z.int();

export const settingsViewSchema = z
  .object({ schedule: scheduleSchema, timeZone: z.string(), since: z.string().nullable() })
  .openapi('PayoutSettings');

export const payoutViewSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    status: payoutStatusSchema,
    payeeId: z.string(),
    teamId: z.string().nullable(),
    periodId: z.string(),
    cutAt: z.string(),
    currency: z.string(),
    amountMinor: amountSchema,
    draftedMinor: amountSchema,
    returnedMinor: amountSchema,
    method: z.enum(['stripe', 'manual']).nullable(),
    reference: z.string().nullable(),
    transferId: z.string().nullable(),
    attempts: z.int(),
    failure: z.string().nullable(),
    reason: z.string().nullable(),
    approvedBy: z.string().nullable(),
    approvedAt: z.string().nullable(),
    sentAt: z.string().nullable(),
    paidAt: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .openapi('Payout');

export const payoutListSchema = z.object({
  payouts: z.array(payoutViewSchema),
  nextCursor: z.string().nullable(),
});

const payoutEntrySchema = z.object({
  id: z.string(),
  reason: reasonSchema,
  pendingMinor: amountSchema,
  approvedMinor: amountSchema,
  inTransitMinor: amountSchema,
  paidMinor: amountSchema,
  postedAt: z.string(),
  note: z.string().nullable(),
});

export const payoutDetailSchema = z
  .object({
    ...payoutViewSchema.shape,
    entries: z.array(payoutEntrySchema),
    periodSums: z.array(z.object({ reason: reasonSchema, amountMinor: amountSchema })),
  })
  .openapi('PayoutDetail');

const spanShape = {
  id: z.string(),
  schedule: scheduleSchema,
  timeZone: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
};

export const periodViewSchema = z
  .object({
    ...spanShape,
    version: z.int(),
    status: periodStatusSchema,
    jobId: z.string(),
    closedBy: z.string(),
    closedAt: z.string().nullable(),
    entries: z.int().nullable(),
    rootHash: z.string().nullable(),
  })
  .openapi('Period');

export const periodDetailSchema = z
  .object({ ...periodViewSchema.shape, totals: periodTotalsSchema.shape.totals.nullable() })
  .openapi('PeriodDetail');

const openPeriodSchema = z.object({ ...spanShape, closableFrom: z.string() });

export const periodListSchema = z.object({
  periods: z.array(periodViewSchema),
  nextCursor: z.string().nullable(),
  next: openPeriodSchema.nullable(),
});

const previewLineSchema = z.object({
  payeeId: z.string(),
  payeeName: z.string().nullable(),
  currency: z.string(),
  pendingMinor: amountSchema,
  heldMinor: amountSchema,
  spokenForMinor: amountSchema,
  tierAdjustmentMinor: amountSchema,
  amountMinor: amountSchema,
  warnings: z.array(z.string()),
});

export const previewSchema = z
  .object({
    period: openPeriodSchema,
    payees: z.array(previewLineSchema),
    nextCursor: z.string().nullable(),
  })
  .openapi('PeriodPreview');

/** The settings as the door shows them. */
export function toSettingsView({ since, ...settings }: Settings) {
  return { ...settings, since: since?.toISOString() ?? null };
}

/** A payout as the door shows it. */
export function toPayoutView(payout: Stored<Payout>): z.infer<typeof payoutViewSchema> {
  const { id, version, status, teamId, periodId, currency } = payout;
  const { amountMinor, draftedMinor, returnedMinor } = payout;
  const { method, reference, transferId, attempts, failure, reason, approvedBy } = payout;
  return {
    ...{ id, version, status, teamId, periodId, currency },
    payeeId: payout.ownerId,
    cutAt: payout.periodEndsAt.toISOString(),
    ...{ amountMinor, draftedMinor, returnedMinor },
    ...{ method, reference, transferId, attempts, failure, reason, approvedBy },
    approvedAt: payout.approvedAt?.toISOString() ?? null,
    sentAt: payout.sentAt?.toISOString() ?? null,
    paidAt: payout.paidAt?.toISOString() ?? null,
    createdAt: payout.createdAt.toISOString(),
    updatedAt: payout.updatedAt.toISOString(),
  };
}

/** A payout with what it is made of. */
export function toPayoutDetail({
  payout,
  entries,
  periodSums,
}: PayoutDetail): z.infer<typeof payoutDetailSchema> {
  return {
    ...toPayoutView(payout),
    entries: entries.map((entry) => {
      const { id, reason, pendingMinor, approvedMinor, inTransitMinor, paidMinor, note } = entry;
      return {
        ...{ id, reason, pendingMinor, approvedMinor, inTransitMinor, paidMinor, note },
        postedAt: entry.postedAt.toISOString(),
      };
    }),
    periodSums: [...periodSums],
  };
}

/** A period as the door shows it. */
export function toPeriodView(period: Stored<Period>): z.infer<typeof periodViewSchema> {
  const { version, status, jobId, closedBy, closedAt, entries, rootHash } = period;
  return {
    ...toSpanView(period),
    ...{ version, status, jobId, closedBy, entries, rootHash },
    closedAt: closedAt?.toISOString() ?? null,
  };
}

/** A period with its totals, if the caller may see them. */
export function toPeriodDetail({ period, totals }: PeriodDetail) {
  return { ...toPeriodView(period), totals };
}

/** A page of periods and the next one to be closed. */
export function toPeriodList({ periods, nextCursor, next }: PeriodList) {
  return {
    periods: periods.map(toPeriodView),
    nextCursor,
    next: next === null ? null : toOpenPeriod(next),
  };
}

/** What closing would do. */
export function toPreview({ period, lines, nextCursor }: Preview): z.infer<typeof previewSchema> {
  return {
    period: toOpenPeriod(period),
    payees: lines.map(({ ownerId, warnings, ...line }) => ({
      payeeId: ownerId,
      ...line,
      warnings: [...warnings],
    })),
    nextCursor,
  };
}

function toOpenPeriod(period: PeriodSpan & { readonly closableFrom: Date }) {
  return { ...toSpanView(period), closableFrom: period.closableFrom.toISOString() };
}

function toSpanView({ id, schedule, timeZone, startsAt, endsAt }: PeriodSpan) {
  return {
    ...{ id, schedule, timeZone },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}
