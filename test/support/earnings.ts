import type { z } from 'zod';
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import {
  type LedgerEntry,
  ledgerEntrySchema,
} from '../../functions/src/modules/ledger/ledger.schema.ts';
import type { NewPlan } from '../../functions/src/modules/plans/plans.schema.ts';
import { newPlanSchema } from '../../functions/src/modules/plans/plans.schema.ts';
import { createPlan } from '../../functions/src/modules/plans/plans.service.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { contextOf } from './context.ts';
import { invocationAt } from './jobs.ts';
import type { Organisation } from './organisation.ts';

/** Publishes a plan for everybody with these rules, in force since long ago. */
export function planFor(
  org: Organisation,
  rules: z.input<typeof newPlanSchema>['terms']['rules'],
  terms: Partial<z.input<typeof newPlanSchema>['terms']> = {},
) {
  const input: NewPlan = newPlanSchema.parse({
    name: 'Plan',
    terms: {
      rules,
      assignment: { everyone: true },
      effectiveFrom: '2000-01-01T00:00:00Z',
      ...terms,
    },
  });
  return createPlan(contextOf(org.admin.principal), input);
}

/** The deliveries of an organisation's deals, as triggers would make them, one version after the other. */
export class DealTriggers {
  readonly #orgId: string;
  readonly #states = new Map<string, object | undefined>();

  constructor(orgId: string) {
    this.#orgId = orgId;
  }

  /** The change since the last call, for `deliver` to make as often and as late as a test wants. */
  async observe(
    dealId: string,
  ): Promise<{ before: object | undefined; after: object | undefined }> {
    const after = (await firestore().doc(`orgs/${this.#orgId}/deals/${dealId}`).get()).data();
    const before = this.#states.get(dealId);
    this.#states.set(dealId, after);
    return { before, after };
  }

  /** Delivers a change. */
  async deliver(
    dealId: string,
    change: { before: object | undefined; after: object | undefined },
    now = new Date(),
  ): Promise<void> {
    const delivery = { orgId: this.#orgId, recordId: dealId, ...change };
    await recordChange(invocationAt(now), recordKinds.deals, delivery);
  }

  /** Observes and delivers at once. */
  async follow(dealId: string, now = new Date()): Promise<void> {
    await this.deliver(dealId, await this.observe(dealId), now);
  }
}

/** All postings of an organisation by id. */
export async function ledgerOf(orgId: string): Promise<Record<string, LedgerEntry>> {
  const { docs } = await firestore().collection(`orgs/${orgId}/ledger`).get();
  return Object.fromEntries(
    docs.map((doc) => [doc.id, ledgerEntrySchema.parse(timestampsToDates(doc.data()))]),
  );
}

/** What each payee has earned, net, by currency. */
export async function earnedBy(orgId: string): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { ownerId, currency, expenseMinor } of Object.values(await ledgerOf(orgId))) {
    const key = `${ownerId} ${currency}`;
    sums[key] = (sums[key] ?? 0) - expenseMinor;
  }
  return sums;
}
