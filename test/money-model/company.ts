/** The product's side of the money model: an organisation driven through the product's services. */
import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import {
  createDeal,
  deals,
  deleteDeal,
  restoreDeal,
  updateDeal,
} from '../../functions/src/modules/deals/deals.public.ts';
import { type Deal, dealSchema } from '../../functions/src/modules/deals/deals.schema.ts';
import { disputes } from '../../functions/src/modules/disputes/disputes.public.ts';
import type { Dispute } from '../../functions/src/modules/disputes/disputes.schema.ts';
import { recordChange, sweepOf } from '../../functions/src/modules/events/events.public.ts';
import { type Event, eventSchema } from '../../functions/src/modules/events/events.schema.ts';
import {
  type LedgerEntry,
  ledgerEntrySchema,
  type Split,
  splitSchema,
} from '../../functions/src/modules/ledger/ledger.schema.ts';
import { orgSchema } from '../../functions/src/modules/orgs/orgs.schema.ts';
import { approvePayout, voidPayout } from '../../functions/src/modules/payouts/approve-payouts.ts';
import {
  closePeriodStep,
  findNextPeriod,
  orderClose,
} from '../../functions/src/modules/payouts/close-period.ts';
import {
  markPaid,
  settlePayout,
  startSending,
} from '../../functions/src/modules/payouts/pay-payouts.ts';
import { payouts } from '../../functions/src/modules/payouts/payouts.public.ts';
import { findLastPeriod } from '../../functions/src/modules/payouts/payouts.repository.ts';
import type { Payout } from '../../functions/src/modules/payouts/payouts.schema.ts';
import type { PeriodSpan } from '../../functions/src/modules/payouts/periods.ts';
import { findTimeline } from '../../functions/src/modules/payouts/settings.ts';
import { newPlanSchema } from '../../functions/src/modules/plans/plans.schema.ts';
import {
  archivePlan,
  createPlan,
  publishPlanVersion,
} from '../../functions/src/modules/plans/plans.service.ts';
import { defaultStages } from '../../functions/src/modules/stages/stages.public.ts';
import { teamSchema } from '../../functions/src/modules/teams/teams.schema.ts';
import { userSchema } from '../../functions/src/modules/users/users.schema.ts';
import type { Context } from '../../functions/src/platform/context.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { Meter } from '../../functions/src/platform/meter.ts';
import { type Principal, scopeSchema } from '../../functions/src/platform/principal.schema.ts';
import { firstVersion, updateRecord } from '../../functions/src/platform/records.ts';
import { runUnitOfWork } from '../../functions/src/platform/run-unit-of-work.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { openUnit } from '../../functions/src/platform/unit-of-work.ts';
import { resolveDispute, withdrawDispute } from '../../functions/src/workflows/close-dispute.ts';
import { openDispute } from '../../functions/src/workflows/open-dispute.ts';
import { restateDeal } from '../../functions/src/workflows/restate-deal.ts';
import { RecordedTasks } from '../support/jobs.ts';
import { type Command, MANAGERS, type NewTerms, REPS } from './commands.ts';

type Doing<D extends Command['do']> = Extract<Command, { readonly do: D }>;
interface Delivery {
  readonly recordId: string;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

const HOUR_MS = 3_600_000;
const AFTER_THE_CUT_MS = 6 * 60 * 1000;
const teamOf: Readonly<Record<string, string | null>> = {
  ...{ rep1: 'east', rep2: 'east', rep3: 'west', rep4: null, boss1: 'east', boss2: 'west' },
};
const managedBy: Readonly<Record<string, string[]>> = { boss1: ['east'], boss2: ['east', 'west'] };
const stageKeys = { open: 'NEGOTIATION', won: 'CLOSED_WON', lost: 'CLOSED_LOST' } as const;

/** One organisation, its clock, and the deliveries of its triggers that are under way. */
export class Company {
  now: Date;
  /** What the product's calls to Firestore are counted on, or cut by. */
  meter = new Meter();
  readonly orgId: string;
  readonly #began: Date;
  readonly dealIds: string[] = [];
  readonly planIds: string[] = [];
  readonly underWay: Delivery[] = [];
  readonly #states = new Map<string, object | undefined>();
  #ids = 0;

  /** `began`: of its own where others use the same Firestore, because sweeps go through all of it. */
  constructor(orgId: string, began = new Date('2026-01-05T09:00:00Z')) {
    this.orgId = orgId;
    this.now = began;
    this.#began = began;
  }

  /** Signs the organisation up, without accounts. */
  async open(): Promise<void> {
    const batch = firestore().batch();
    const born = firstVersion({ actor: 'test', now: this.now });
    const put = (path: string, data: object) =>
      batch.create(firestore().doc(`orgs/${this.orgId}${path}`), data);
    const settings = { name: 'Model', industry: null, currency: 'USD', timeZone: 'UTC' };
    put('', orgSchema.parse({ ...born, ...settings }));
    for (const { id, ...stage } of defaultStages(() => this.#newId())) {
      put(`/stages/${id}`, { ...born, ...stage });
    }
    for (const name of ['east', 'west']) {
      put(`/teams/${name}`, teamSchema.parse({ ...born, name, deletedAt: null }));
    }
    const person = (uid: string, fields: object) =>
      put(
        `/users/${uid}`,
        userSchema.parse({
          ...{ ...born, name: uid, email: `${uid}@example.com`, role: 'rep', active: true },
          ...{ teamId: teamOf[uid] ?? null, managedTeamIds: [] },
          ...fields,
        }),
      );
    for (const uid of REPS) person(uid, {});
    for (const uid of MANAGERS) {
      person(uid, { role: 'manager', managedTeamIds: managedBy[uid] ?? [] });
    }
    for (const uid of ['admin1', 'admin2']) person(uid, { role: 'admin' });
    await batch.commit();
  }

  /** Lets an hour go by. */
  tick(): void {
    this.now = new Date(this.now.getTime() + HOUR_MS);
  }

  async create({ owner, value }: Doing<'create'>): Promise<void> {
    const input = { title: 'Website', ownerId: owner, value };
    const { id } = await createDeal(this.as('admin1'), input);
    this.dealIds.push(id);
  }

  value(dealId: string, { value }: Doing<'value'>): Promise<unknown> {
    return updateDeal(this.as('admin1'), { dealId, value });
  }

  move(dealId: string, { to }: Doing<'move'>): Promise<unknown> {
    return updateDeal(this.as('admin1'), { dealId, stage: stageKeys[to] });
  }

  split(dealId: string, { splits }: Doing<'split'>): Promise<unknown> {
    return updateDeal(this.as('admin1'), { dealId, splits: splits.map((part) => ({ ...part })) });
  }

  async restate(dealId: string, { splits }: Doing<'restate'>): Promise<unknown> {
    const { version } = await this.deal(dealId);
    const parts = splits.map((part) => ({ ...part }));
    return restateDeal(this.as('admin1'), dealId, {
      ...{ splits: parts, repin: false, reason: 'It was agreed', version },
    });
  }

  /** As the provider of payments reports it; the door of that is tested elsewhere. */
  refund(dealId: string, { refundedMinor }: Doing<'refund'>): Promise<unknown> {
    const { now } = this;
    return runUnitOfWork(this.as('admin1'), this.orgId, async (unit) => {
      const deal = await unit.get(deals, dealId);
      updateRecord(unit, deals, deal, { refundedMinor }, { actor: 'system:stripe', now });
    });
  }

  bin(dealId: string): Promise<unknown> {
    return deleteDeal(this.as('admin1'), { dealId });
  }

  restore(dealId: string): Promise<unknown> {
    return restoreDeal(this.as('admin1'), { dealId });
  }

  assign(dealId: string, { owner }: Doing<'assign'>): Promise<unknown> {
    return updateDeal(this.as('admin1'), { dealId, ownerId: owner });
  }

  async plan({ terms }: Doing<'plan'>): Promise<void> {
    const { plan } = await createPlan(this.as('admin1'), this.#newPlan(terms));
    this.planIds.push(plan.id);
  }

  version(planId: string, { terms }: Doing<'version'>): Promise<unknown> {
    return publishPlanVersion(this.as('admin1'), planId, this.#newPlan(terms).terms);
  }

  archive(planId: string): Promise<unknown> {
    return archivePlan(this.as('admin1'), planId);
  }

  async team({ uid, teamId }: Doing<'team'>): Promise<void> {
    await firestore().doc(`orgs/${this.orgId}/users/${uid}`).update({ teamId });
  }

  dispute(dealId: string, uid: string, { contestedMinor }: Doing<'dispute'>): Promise<Dispute> {
    const contested = contestedMinor === null ? {} : { contestedMinor };
    return openDispute(this.as(uid), { dealId, reason: 'I closed it', ...contested });
  }

  resolve(dispute: Dispute & { readonly id: string }, command: Doing<'resolve'>): Promise<unknown> {
    const { how, adjustmentMinor } = command;
    if (how === 'withdraw') return withdrawDispute(this.as(dispute.ownerId), dispute.id);
    const note = 'Looked at together';
    return resolveDispute(
      this.as('admin1'),
      dispute.id,
      how === 'reject'
        ? { outcome: 'rejected', note }
        : { outcome: 'upheld', note, adjustmentMinor },
    );
  }

  /** The period that is to be closed next, if anything has been earned. */
  async nextPeriod(): Promise<PeriodSpan | undefined> {
    const unit = openUnit(this.as('admin1'), this.orgId);
    return findNextPeriod(unit, await findTimeline(unit), await findLastPeriod(unit));
  }

  /** Waits for the end of a period and closes it, a payee at a time. */
  async close(period: Pick<PeriodSpan, 'id' | 'endsAt'>): Promise<void> {
    this.now = new Date(Math.max(this.now.getTime(), period.endsAt.getTime() + AFTER_THE_CUT_MS));
    await orderClose(this.as('admin1'), period.id);
    let cursor: string | null = null;
    for (;;) {
      const step = { input: { periodId: period.id }, cursor, limit: 2 };
      const result = await closePeriodStep(this.as('admin1'), step);
      if (result.done) return;
      cursor = result.cursor;
    }
  }

  approve(payoutId: string): Promise<unknown> {
    return approvePayout(this.as('admin2'), payoutId);
  }

  send(payoutId: string): Promise<unknown> {
    return startSending(this.as('admin2'), payoutId);
  }

  pay(payoutId: string): Promise<unknown> {
    return markPaid(this.as('admin2'), { payoutId, reference: `wire ${payoutId}` });
  }

  void(payoutId: string): Promise<unknown> {
    return voidPayout(this.as('admin2'), { payoutId, reason: 'A mistake' });
  }

  settle(
    { id, amountMinor, attempts }: Payout & { readonly id: string },
    command: Doing<'settle'>,
  ) {
    const { how, partBps } = command;
    const returnedMinor = Math.max(1, Math.floor((amountMinor * partBps) / 10_000));
    const outcome =
      how === 'paid'
        ? { kind: 'paid' as const, transferId: 'tr_1' }
        : how === 'failed'
          ? { kind: 'failed' as const, attempt: attempts, reason: 'Account closed' }
          : { kind: 'returned' as const, returnedMinor, reason: 'Account closed' };
    return settlePayout(this.as('admin2'), this.orgId, id, outcome, 'system:stripe');
  }

  /** Notices a deal's change, for its trigger to be delivered so many times. */
  async notice(dealId: string, deliveries: number): Promise<void> {
    const after = (await firestore().doc(`orgs/${this.orgId}/deals/${dealId}`).get()).data();
    const before = this.#states.get(dealId);
    const versionOf = (state: object | undefined) =>
      state === undefined ? 0 : Number(Reflect.get(state, 'version'));
    if (versionOf(before) === versionOf(after)) return;
    this.#states.set(dealId, after);
    for (let n = 0; n < deliveries; n += 1) this.underWay.push({ recordId: dealId, before, after });
  }

  async deliver(delivery: Delivery): Promise<void> {
    await recordChange(this.as('admin1'), recordKinds.deals, { orgId: this.orgId, ...delivery });
  }

  async sweep(): Promise<void> {
    const until = new Date(this.now.getTime() + 1);
    const span = { since: this.#began, until, limit: 300 };
    await sweepOf(recordKinds.deals)(this.as('admin1'), span);
  }

  async deal(dealId: string): Promise<Deal> {
    const snapshot = await firestore().doc(`orgs/${this.orgId}/deals/${dealId}`).get();
    return dealSchema.parse(timestampsToDates(snapshot.data()));
  }

  async payouts(): Promise<(Payout & { readonly id: string })[]> {
    const all = await openUnit(this.as('admin1'), this.orgId).query(payouts, (query) =>
      query.limit(1000),
    );
    return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  async disputes(): Promise<(Dispute & { readonly id: string })[]> {
    const all = await openUnit(this.as('admin1'), this.orgId).query(disputes, (query) =>
      query.limit(1000),
    );
    return all.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  }

  async ledger(): Promise<LedgerEntry[]> {
    return (await this.#all('ledger')).map((data) => ledgerEntrySchema.parse(data));
  }

  async splits(): Promise<Split[]> {
    return (await this.#all('splits')).map((data) => splitSchema.parse(data));
  }

  async events(): Promise<Event[]> {
    return (await this.#all('events')).map((data) => eventSchema.parse(data));
  }

  as(uid: string): Context<Principal> {
    const role = uid.startsWith('admin') ? 'admin' : uid.startsWith('boss') ? 'manager' : 'rep';
    return {
      ...{ ...startInvocation('model'), now: this.now, newId: () => this.#newId() },
      store: { db: firestore(), meter: this.meter },
      tasks: new RecordedTasks(),
      principal: {
        ...{ kind: 'user', orgId: this.orgId, uid, role, teamId: teamOf[uid] ?? null },
        ...{ managedTeamIds: managedBy[uid] ?? [], scopes: scopeSchema.options },
      },
    };
  }

  async #all(collection: string): Promise<unknown[]> {
    const { docs } = await firestore().collection(`orgs/${this.orgId}/${collection}`).get();
    return docs.map((doc) => timestampsToDates(doc.data()));
  }

  #newPlan({ sinceHours, untilHours, assignment, ...terms }: NewTerms) {
    const inHours = (hours: number) => new Date(this.now.getTime() + hours * HOUR_MS).toISOString();
    return newPlanSchema.parse({
      name: 'Plan',
      terms: {
        ...terms,
        assignment,
        effectiveFrom: inHours(-sinceHours),
        effectiveTo: untilHours === null ? null : inHours(untilHours),
      },
    });
  }

  #newId(): string {
    this.#ids += 1;
    return `id${String(this.#ids).padStart(4, '0')}`;
  }
}
