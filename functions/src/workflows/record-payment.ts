import { isDeepStrictEqual } from 'node:util';
import { deals, updateDeal } from '../modules/deals/deals.public.ts';
import type { Deal } from '../modules/deals/deals.schema.ts';
import { InboxRefusal } from '../modules/inbox/inbox.public.ts';
import {
  listPaymentsOf,
  mergeReport,
  newPayment,
  type PaymentReport,
  paymentLinks,
  sumPayments,
} from '../modules/payments/payments.public.ts';
import type { PaymentLink } from '../modules/payments/payments.schema.ts';
import { findFirstStage } from '../modules/stages/stages.public.ts';
import type { Stored } from '../platform/collection.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { changeRecord } from '../platform/records.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';

/** The payment that a report is of, and the deal it is for. */
export interface PaymentTarget {
  readonly orgId: string;
  readonly dealId: string;
  /** `{provider}_{paymentId}`. */
  readonly linkId: string;
}

const PROVIDER = 'stripe';
/** Who has changed a deal when its provider of payments made us do it. */
const ACTOR = `system:${PROVIDER}`;

/**
 * Records what a provider says about a payment for a deal, and brings the deal's `paidMinor` and
 * `refundedMinor` to the sums over its payments, in one commit. A payment that came in moves an open
 * deal to the first won stage, once. Repeated, or in another order, it comes to the same.
 * @throws InboxRefusal for an unknown deal, another deal's payment, or another currency
 */
export async function recordPayment(
  ctx: Invocation,
  target: PaymentTarget,
  report: PaymentReport,
): Promise<void> {
  const { store, now } = ctx;
  const { deal, payment } = await runUnitOfWork({ store, now }, target.orgId, (unit) =>
    addReport(unit, target, report, now),
  );
  if (payment.win === 'due') await winDeal(ctx, target, deal);
}

async function addReport(
  unit: UnitOfWork,
  { orgId, dealId, linkId }: PaymentTarget,
  report: PaymentReport,
  now: Date,
): Promise<{ readonly deal: Stored<Deal>; readonly payment: PaymentLink }> {
  // The deal first: see listPaymentsOf.
  const deal = await unit.find(deals, dealId);
  if (deal === undefined) {
    throw new InboxRefusal(
      `There is no deal '${dealId}' in organisation '${orgId}'; correct the metadata orgId and dealId`,
    );
  }
  requireSameCurrency(deal, report);
  const [payments, known] = await Promise.all([
    listPaymentsOf(unit, dealId),
    unit.find(paymentLinks, linkId),
  ]);
  requireSameDeal(known, dealId);
  const merged = mergeReport(known ?? newPayment(PROVIDER, dealId, report, now), report);
  const isOpen = deal.stageKind === 'open' && deal.deletedAt === null;
  const payment = merged.win === 'due' && !isOpen ? ({ ...merged, win: 'done' } as const) : merged;
  storePayment(unit, linkId, known, payment, now);
  const others = payments.filter(({ id }) => id !== linkId);
  const sums = sumPayments([...others, payment]);
  return { deal: changeRecord(unit, deals, deal, sums, { actor: ACTOR, now }), payment };
}

function requireSameCurrency({ id, currency }: Stored<Deal>, report: PaymentReport): void {
  if (report.currency === currency) return;
  throw new InboxRefusal(
    `The payment is in ${report.currency} and deal '${id}' in ${currency}; amounts of two currencies cannot be added: give the deal the currency it is paid in`,
  );
}

function requireSameDeal(known: Stored<PaymentLink> | undefined, dealId: string): void {
  if (known === undefined || known.dealId === dealId) return;
  throw new InboxRefusal(
    `Payment '${known.id}' is recorded for deal '${known.dealId}' and its metadata now names '${dealId}'`,
  );
}

function storePayment(
  unit: UnitOfWork,
  linkId: string,
  known: Stored<PaymentLink> | undefined,
  payment: PaymentLink,
  now: Date,
): void {
  if (known === undefined) unit.create(paymentLinks, linkId, payment);
  else if (!isDeepStrictEqual(known, payment)) {
    const { paymentIntentId, chargeId, paidMinor, refundedMinor, disputes, win } = payment;
    unit.update(paymentLinks, known, {
      ...{ paymentIntentId, chargeId, paidMinor, refundedMinor, disputes, win },
      updatedAt: now,
    });
  }
}

/**
 * Moves the deal as a person would, so that its terms are pinned. A commit of its own: the payment
 * stays due for it until it is done, and a deal that changed meanwhile is looked at again.
 */
async function winDeal(
  ctx: Invocation,
  { orgId, dealId, linkId }: PaymentTarget,
  { version }: Stored<Deal>,
): Promise<void> {
  const { store, now, log, tasks, newId } = ctx;
  const stage = await findFirstStage(openUnit(ctx, orgId), 'won');
  if (stage === undefined) throw new InboxRefusal('The organisation has no won stage; add one');
  const caller = { store, now, log, tasks, newId, principal: systemOf(orgId) };
  await updateDeal(caller, { dealId, stage: stage.id, version });
  await runUnitOfWork({ store, now }, orgId, async (unit) => {
    const payment = await unit.get(paymentLinks, linkId);
    if (payment.win === 'due') unit.update(paymentLinks, payment, { win: 'done', updatedAt: now });
  });
}

/** The provider's say is not one person's right: it is settled by the signature it came with. */
function systemOf(orgId: string): Principal {
  return {
    ...{ kind: 'user', orgId, uid: ACTOR, role: 'admin', teamId: null, managedTeamIds: [] },
    scopes: ['read:crm', 'write:crm'],
  };
}
