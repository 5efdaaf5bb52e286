import pMap from 'p-map';
import {
  type StripeEventType,
  StripePermanentError,
  type StripePort,
  type StripeTransfer,
} from '../integrations/stripe/stripe.port.ts';
import { receiveStripeEvent } from '../modules/inbox/inbox.public.ts';
import { allAccounts } from '../modules/payees/payees.public.ts';
import { paidPayouts, sendingPayouts } from '../modules/payouts/payouts.public.ts';
import { storeReconciliation } from '../modules/reconciliations/reconciliations.public.ts';
import type { Finding, Reconciliation } from '../modules/reconciliations/reconciliations.schema.ts';
import { sinceLastRun } from '../platform/changed-records.ts';
import { AppError } from '../platform/errors.ts';
import { describeError } from '../platform/log.ts';
import type { Invocation } from '../platform/runtime.ts';
import { settleTransfer, TransferMismatch } from './settle-transfer.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Stripe lists events for 30 days; transfers are compared for as long. */
const LOOK_BACK_MS = 30 * DAY_MS;
/** A payout that was not sent for so long, although it was tried every few minutes. */
const STUCK_MS = DAY_MS;
/** What was paid so lately may not be in Stripe's list yet. */
const SETTLING_MS = 60 * 60 * 1000;
const MAX_FINDINGS = 100;
/** Far below the requests a second that Stripe takes. */
const CONCURRENCY = 8;
const WATERMARK = 'stripeReconciliation';

type ReconcilingStripe = Pick<StripePort, 'listEvents' | 'listTransfers'>;
/** Which types of events are listed: those that somebody handles, by where they happen. */
export interface HandledTypes {
  readonly platform: readonly StripeEventType[];
  readonly connected: readonly StripeEventType[];
}

interface Run {
  readonly ctx: Invocation;
  readonly stripe: ReconcilingStripe;
  readonly counts: { events: number; recovered: number; transfers: number; repaired: number };
  readonly findings: Finding[];
}

/**
 * Compares what Stripe knows with what we know, once a day. The events since the last run are stored
 * as if they had been delivered, once; then every transfer of the last 30 days is brought into its
 * payout. What does not fit is logged as an error, on which the deployment's alert is, and stored in
 * `reconciliations/{date}`. Killed anywhere and run again, it comes to the same.
 */
export async function reconcileStripe(
  ctx: Invocation,
  stripe: ReconcilingStripe,
  types: HandledTypes,
): Promise<Reconciliation> {
  const { store, now } = ctx;
  return sinceLastRun(store, WATERMARK, now, async (last) => {
    const earliest = now.getTime() - LOOK_BACK_MS;
    const since = new Date(Math.max(last.getTime(), earliest));
    const counts = { events: 0, recovered: 0, transfers: 0, repaired: 0 };
    const run: Run = { ctx, stripe, counts, findings: [] };
    await recoverEvents(run, types, since);
    await compareTransfers(run, new Date(earliest));
    await findStuck(run);
    const summary: Reconciliation = {
      ...{ provider: 'stripe', since, until: now, ...counts },
      ...{ findingCount: run.findings.length, findings: run.findings.slice(0, MAX_FINDINGS) },
      finishedAt: new Date(),
    };
    await storeReconciliation(store, summary);
    ctx.log.info({ ...counts, findings: run.findings.length }, 'compared with Stripe');
    return summary;
  });
}

async function recoverEvents(run: Run, types: HandledTypes, since: Date): Promise<void> {
  await recover(run, { since, types: types.platform });
  await pMap(allAccounts(run.ctx.store), (account) => recoverFrom(run, types, since, account), {
    concurrency: CONCURRENCY,
  });
}

async function recoverFrom(
  run: Run,
  types: HandledTypes,
  since: Date,
  account: string,
): Promise<void> {
  try {
    await recover(run, { since, types: types.connected, account });
  } catch (error) {
    // An account that its owner has cut off from the platform; there is nothing to hear of it.
    if (!(error instanceof StripePermanentError)) throw error;
    run.ctx.log.warn({ account, ...describeError(error) }, 'account cannot be read');
  }
}

async function recover(
  { ctx, stripe, counts }: Run,
  query: Parameters<StripePort['listEvents']>[0],
): Promise<void> {
  for await (const event of stripe.listEvents(query)) {
    // Stripe names the account in what it delivers; a list of one account's events may leave it out.
    const account = event.account ?? query.account ?? null;
    const { duplicate } = await receiveStripeEvent(ctx, { ...event, account });
    counts.events += 1;
    if (!duplicate) counts.recovered += 1;
  }
}

async function compareTransfers(run: Run, since: Date): Promise<void> {
  const { ctx, stripe, counts } = run;
  const listed = new Set<string>();
  for await (const transfer of stripe.listTransfers({ since })) {
    listed.add(transfer.id);
    counts.transfers += 1;
    await compare(run, transfer);
  }
  const settled = ctx.now.getTime() - SETTLING_MS;
  // A payout is paid after its transfer was made, so what was paid since then is among the listed.
  for await (const { orgId, payout } of paidPayouts(
    ctx.store,
    new Date(since.getTime() + DAY_MS),
  )) {
    const { id: payoutId, transferId, paidAt } = payout;
    const isOld = paidAt !== null && paidAt.getTime() < settled;
    if (payout.method !== 'stripe' || !isOld || listed.has(transferId ?? '')) continue;
    const message = `Payout '${payoutId}' is paid by ${transferId ?? 'no transfer'}, which Stripe does not list`;
    report(run, { kind: 'no_transfer', transferId, orgId, payoutId, message });
  }
}

async function compare(run: Run, transfer: StripeTransfer): Promise<void> {
  try {
    const { isChanged } = await settleTransfer(run.ctx, transfer);
    if (isChanged) run.counts.repaired += 1;
  } catch (error) {
    if (!(error instanceof TransferMismatch || isRefusal(error))) throw error;
    const { orgId = null, payoutId = null } = transfer.metadata;
    const kind = error instanceof TransferMismatch ? error.mismatch : 'not_payable';
    report(run, { kind, transferId: transfer.id, orgId, payoutId, message: error.message });
  }
}

/** What a payout refuses for good: it was voided, or paid by other means. */
function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.status < 500 && error.code !== 'conflict';
}

async function findStuck(run: Run): Promise<void> {
  const { store, now } = run.ctx;
  for await (const { orgId, payout } of sendingPayouts(store)) {
    const { id: payoutId, sentAt } = payout;
    if (now.getTime() - (sentAt?.getTime() ?? 0) < STUCK_MS) continue;
    const message = `Payout '${payoutId}' is being sent for more than a day; the log says why`;
    report(run, { kind: 'not_sent', transferId: null, orgId, payoutId, message });
  }
}

function report({ ctx, findings }: Run, finding: Finding): void {
  findings.push({ ...finding, message: finding.message.slice(0, 1000) });
  ctx.log.error({ ...finding }, 'Stripe and we disagree');
}
