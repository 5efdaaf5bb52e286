import { z } from 'zod';
import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { enqueueAll, type Task } from '../../platform/tasks.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { parseInput } from '../../platform/validation.ts';
import { getDeal, updateDeal } from '../deals/deals.public.ts';
import type { Deal } from '../deals/deals.schema.ts';
import { events, sealEvent } from '../events/events.public.ts';
import { eventId, reportedEventId } from '../events/events.schema.ts';
import { writeReactions } from '../reactions/reactions.public.ts';
import { findFirstStage } from '../stages/stages.public.ts';
import { getSubject } from '../subjects/subjects.public.ts';
import type { SubjectRef } from '../subjects/subjects.schema.ts';
import {
  dealReportSchemas,
  type EventData,
  type Report,
  type Reported,
} from './custom-events.schema.ts';

type Caller = Context<Principal>;
type Reaction = (ctx: Caller, dealId: string, data: EventData) => Promise<Stored<Deal>>;

/** What a report about a deal stands for, by its name; the changes are those the doors make. */
const reactions: Readonly<Record<keyof typeof dealReportSchemas, Reaction>> = {
  deal_won: (ctx, dealId, data) =>
    close(ctx, dealId, 'won', parseData(dealReportSchemas.deal_won, data)),
  deal_lost: (ctx, dealId, data) =>
    close(ctx, dealId, 'lost', parseData(dealReportSchemas.deal_lost, data)),
  stage_updated: (ctx, dealId, data) =>
    updateDeal(ctx, { dealId, ...parseData(dealReportSchemas.stage_updated, data) }),
  value_updated: (ctx, dealId, data) => {
    const { value, currency } = parseData(dealReportSchemas.value_updated, data);
    const money = { amountMajor: value, ...(currency === undefined ? {} : { currency }) };
    return updateDeal(ctx, { dealId, value: money });
  },
};

/**
 * Takes a report about a record. One that stands for a change of a deal makes that change, with
 * the caller's rights; any other is stored as an event of the record, for automations to match,
 * and leaves the record and its versions alone.
 * @throws AppError not-found, permission-denied, invalid-argument (data), failed-precondition (stage)
 */
export async function reportEvent(ctx: Caller, report: Report): Promise<Reported> {
  const { event, data = {} } = report;
  const ref = refOf(report);
  const change =
    ref.recordType === 'deal' ? applyReport(ctx, ref.recordId, event, data) : undefined;
  if (change === undefined) return storeReport(ctx, ref, event, data);
  const deal = await change;
  return { success: true, applied: true, event, eventId: eventId(deal.id, deal.version), ...ref };
}

function refOf({ dealId, recordType, recordId }: Report): SubjectRef {
  if (recordType === undefined || recordId === undefined) {
    return { recordType: 'deal', recordId: dealId ?? '' };
  }
  return { recordType, recordId };
}

/** Makes the change that a report stands for, or answers undefined when it stands for none. */
function applyReport(
  ctx: Caller,
  dealId: string,
  event: string,
  data: EventData,
): Promise<Stored<Deal>> | undefined {
  // Without a stage it only says that there was a move, somewhere else.
  if (event === 'stage_updated' && !('stage' in data)) return undefined;
  const reaction = Object.entries(reactions).find(([name]) => name === event)?.[1];
  return reaction?.(ctx, dealId, data);
}

async function close(
  ctx: Caller,
  dealId: string,
  kind: 'won' | 'lost',
  move: { stage?: string | undefined; lostReason?: string | null | undefined },
): Promise<Stored<Deal>> {
  if (move.stage !== undefined) return updateDeal(ctx, { dealId, ...move });
  const deal = await getDeal(ctx, dealId);
  if (deal.stageKind === kind) {
    const { stageId, probability } = deal;
    return updateDeal(ctx, { ...move, dealId, stage: stageId, probability });
  }
  const stage = await findFirstStage(openUnit(ctx, ctx.principal.orgId), kind);
  return updateDeal(ctx, { ...move, dealId, stage: stage?.id ?? kind });
}

function parseData<T>(schema: z.ZodType<T>, data: EventData): T {
  return parseInput(z.strictObject({ data: schema }), { data }).data;
}

async function storeReport(
  ctx: Caller,
  ref: SubjectRef,
  event: string,
  data: EventData,
): Promise<Reported> {
  const { principal, now } = ctx;
  const id = ctx.newId();
  let tasks: readonly Task[] = [];
  const reported = await runUnitOfWork<Reported>(ctx, principal.orgId, async (unit) => {
    const { recordType, recordId, audience, record } = await getSubject(
      unit,
      principal,
      ref,
      'update',
    );
    const content = {
      ...audience,
      participantIds: [...audience.participantIds],
      ...{ recordType, recordId, version: 0, types: [`custom.${event}`] },
      ...{ actor: principal.uid, at: now, before: {}, after: data, recovered: false },
      cause: unit.cause,
    };
    const stored = unit.create(events, reportedEventId(recordId, id), sealEvent(content));
    const happening = { eventId: stored.id, event: content, before: record, after: record };
    tasks = await writeReactions(unit, [happening], now);
    return { success: true, applied: false, event, eventId: stored.id, recordType, recordId };
  });
  await enqueueAll(ctx, tasks);
  return reported;
}
