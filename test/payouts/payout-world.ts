import { jobRunner } from '../../functions/src/app/job-handlers.ts';
import { type NewEntry, post } from '../../functions/src/modules/ledger/ledger.public.ts';
import { accounts, type LedgerEntry } from '../../functions/src/modules/ledger/ledger.schema.ts';
import { approvePayout } from '../../functions/src/modules/payouts/approve-payouts.ts';
import { orderClose } from '../../functions/src/modules/payouts/close-period.ts';
import { listPeriods } from '../../functions/src/modules/payouts/list-payouts.ts';
import { payouts } from '../../functions/src/modules/payouts/payouts.public.ts';
import {
  type Payout,
  type Period,
  payoutSchema,
  periodSchema,
} from '../../functions/src/modules/payouts/payouts.schema.ts';
import type { Context } from '../../functions/src/platform/context.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Meter } from '../../functions/src/platform/meter.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { firstVersion } from '../../functions/src/platform/records.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { ledgerOf } from '../support/earnings.ts';
import { invocationAt, runJobToEnd } from '../support/jobs.ts';
import type { Member, Organisation } from '../support/organisation.ts';

/** An instant from its ISO form. */
export const at = (text: string): Date => new Date(text);
/** Half past the end of October 2026, when it can be closed. */
export const NOVEMBER = at('2026-11-01T00:30:00Z');
export const DECEMBER = at('2026-12-01T00:30:00Z');

/** What a service is called with at a moment. */
export function contextAt(
  { principal }: Pick<Member, 'principal'>,
  now: Date,
  meter?: Meter,
): Context<Principal> {
  return { ...invocationAt(now, meter === undefined ? {} : { meter }), principal };
}

/** Posts that somebody has earned an amount, or anything else, at a moment. */
export async function earn(
  org: Organisation,
  payee: Pick<Member, 'uid'>,
  amountMinor: number,
  postedAt: Date,
  fields: Partial<NewEntry> = {},
): Promise<string> {
  const id = newId();
  const unit = openUnit(contextAt(org.admin, postedAt), org.orgId);
  post(unit, id, {
    ...{ ownerId: payee.uid, teamId: org.teams.east, currency: 'USD', reason: 'earning' },
    ...{ expenseMinor: -amountMinor, pendingMinor: amountMinor, actor: 'test' },
    ...{ at: postedAt, postedAt },
    ...fields,
  });
  await unit.commit();
  return id;
}

/** Orders to close a period and runs the job to its end. */
export async function close(org: Organisation, periodId: string, now: Date): Promise<Period> {
  const { jobId } = await orderClose(contextAt(org.admin, now), periodId);
  await runJobToEnd(jobRunner, org.orgId, jobId, { now });
  return periodOf(org, periodId);
}

/** Approves a payout as the administrator. */
export function approve(org: Organisation, payoutId: string, now: Date) {
  return approvePayout(contextAt(org.admin, now), payoutId);
}

/** The id of a payout. */
export function payoutId(periodId: string, { uid }: Pick<Member, 'uid'>, currency = 'USD'): string {
  return `${periodId}_${uid}_${currency}`;
}

/** A period as it is stored. */
export async function periodOf(org: Organisation, periodId: string): Promise<Period> {
  const found = await firestore().doc(`orgs/${org.orgId}/periods/${periodId}`).get();
  return periodSchema.parse(timestampsToDates(found.data()));
}

/** All payouts of an organisation by id. */
export async function payoutsOf({ orgId }: Organisation): Promise<Record<string, Payout>> {
  const { docs } = await firestore().collection(`orgs/${orgId}/payouts`).get();
  return Object.fromEntries(
    docs.map((doc) => [doc.id, payoutSchema.parse(timestampsToDates(doc.data()))]),
  );
}

/** The payouts as short words by payee and currency: `draft 100`. */
export async function payoutLines(org: Organisation): Promise<Record<string, string>> {
  const found = Object.entries(await payoutsOf(org));
  return Object.fromEntries(found.map(([id, each]) => [id, `${each.status} ${each.amountMinor}`]));
}

/** What a payee has on each account, in one currency. */
export async function accountsOf(
  org: Organisation,
  { uid }: Pick<Member, 'uid'>,
  currency = 'USD',
) {
  const entries = Object.values(await ledgerOf(org.orgId)).filter(
    (entry) => entry.ownerId === uid && entry.currency === currency,
  );
  const sumOf = (account: (typeof accounts)[number]) =>
    entries.reduce((sum, entry) => sum + entry[account], 0);
  return {
    earned: 0 - sumOf('expenseMinor'),
    pending: sumOf('pendingMinor'),
    held: sumOf('heldMinor'),
    approved: sumOf('approvedMinor'),
    inTransit: sumOf('inTransitMinor'),
    paid: sumOf('paidMinor'),
  };
}

/** What must hold of every payee at any time: all accounts sum to nothing, and paid is at most earned. */
export async function breaches(org: Organisation): Promise<string[]> {
  const entries = Object.values(await ledgerOf(org.orgId));
  const sums = new Map<string, { all: number; earned: number; out: number }>();
  for (const entry of entries) {
    const key = `${entry.ownerId} ${entry.currency}`;
    const sum = sums.get(key) ?? { all: 0, earned: 0, out: 0 };
    sums.set(key, {
      all: sum.all + accounts.reduce((all, account) => all + entry[account], 0),
      earned: sum.earned - entry.expenseMinor,
      out: sum.out + entry.paidMinor + entry.inTransitMinor,
    });
  }
  return [...sums].flatMap(([key, { all, earned, out }]) =>
    all === 0 && out <= Math.max(0, earned) ? [] : [`${key}: ${all}, ${out} of ${earned}`],
  );
}

/** The entries of one reason by id. */
export async function entriesFor(
  org: Organisation,
  reason: LedgerEntry['reason'],
): Promise<Record<string, LedgerEntry>> {
  const found = Object.entries(await ledgerOf(org.orgId));
  return Object.fromEntries(found.filter(([, entry]) => entry.reason === reason));
}

/** A draft for somebody who has just earned it, without closing a period; answers its id. */
export async function storeDraft(org: Organisation, payee: Pick<Member, 'uid'>): Promise<string> {
  const now = new Date();
  await earn(org, payee, 1000, new Date(now.getTime() - 1));
  const id = payoutId('2024-01-01', payee);
  const unit = openUnit(contextAt(org.admin, now), org.orgId);
  unit.create(payouts, id, {
    ...firstVersion({ actor: 'test', now }),
    ...{ ownerId: payee.uid, teamId: org.teams.east, participantIds: [payee.uid] },
    ...{ currency: 'USD', status: 'draft', periodId: '2024-01-01' },
    ...{ periodStartsAt: at('2024-01-01T00:00:00Z'), periodEndsAt: at('2024-02-01T00:00:00Z') },
    ...{ amountMinor: 1000, draftedMinor: 1000, returnedMinor: 0, attempts: 0 },
    ...{ method: null, reference: null, transferId: null, failure: null, reason: null },
    ...{ approvedBy: null, approvedAt: null, sentAt: null, paidAt: null },
  });
  await unit.commit();
  return id;
}

/** The id of a period whose closing has been ordered. */
export async function orderedPeriod(org: Organisation): Promise<string> {
  const ctx = contextAt(org.admin, new Date());
  const known = (await listPeriods(ctx, { limit: 1 })).periods[0];
  if (known !== undefined) return known.id;
  await earn(org, org.rep, 1000, at('2024-01-10T00:00:00Z'));
  return (await orderClose(ctx, '2024-01-01')).id;
}
