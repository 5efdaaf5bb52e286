import pMap from 'p-map';
import { whereVisible } from '../modules/access/access.public.ts';
import { deals } from '../modules/deals/deals.public.ts';
import type { Deal } from '../modules/deals/deals.schema.ts';
import { disputes } from '../modules/disputes/disputes.public.ts';
import type { Dispute } from '../modules/disputes/disputes.schema.ts';
import {
  type DigestContent,
  digestDay,
  digestMail,
  nextDigestAt,
  notificationMails,
  notificationSettings,
} from '../modules/notifications/notifications.public.ts';
import { getOrg } from '../modules/orgs/orgs.public.ts';
import { principalOf, users } from '../modules/users/users.public.ts';
import type { Stored } from '../platform/collection.ts';
import { findDue } from '../platform/due-documents.ts';
import { type CompositeIndex, compositeIndex } from '../platform/indexes.ts';
import { describeError } from '../platform/log.ts';
import { appUrl } from '../platform/params.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { Invocation } from '../platform/runtime.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';

type Work = Pick<Invocation, 'store' | 'now' | 'log'>;

/** Digests made in one run; the next minute's run goes on. */
const SWEEP_LIMIT = 100;
const CONCURRENCY = 4;
/** Of each kind; what is beyond is only said to be there. */
const MAX_SHOWN = 25;
const STALLED_MS = 14 * 24 * 60 * 60 * 1000;

/** Commits become visible some time after the clock reading they carry. */
const SETTLED_MS = 2 * 60 * 1000;

/** The composite indexes of what a digest tells, beside those that lists have. */
export const digestIndexes: readonly CompositeIndex[] = [
  compositeIndex('deals', 'deletedAt', 'closedAt desc'),
  compositeIndex('deals', 'deletedAt', 'teamId', 'closedAt desc'),
  compositeIndex('deals', 'deletedAt', 'participantIds contains', 'closedAt desc'),
  compositeIndex('disputes', 'teamId', 'closedAt desc'),
  compositeIndex('disputes', 'ownerId', 'closedAt desc'),
];

interface Span {
  readonly since: Date;
  readonly until: Date;
}

/**
 * Makes the digests that are due, in all organisations, for the mails' own sweep to send.
 * @returns how many people's were due
 */
export async function makeDigests(ctx: Work): Promise<number> {
  const due = await findDue(ctx.store, 'notificationSettings', ctx.now, SWEEP_LIMIT);
  await pMap(
    due,
    async ({ orgId, id }) => {
      try {
        await makeDigest(ctx, orgId, id);
      } catch (error) {
        // One that cannot be made must not keep the others.
        ctx.log.error({ orgId, uid: id, ...describeError(error) }, 'digest not made');
      }
    },
    { concurrency: CONCURRENCY },
  );
  return due.length;
}

/**
 * Makes one person's digest of what happened since the last one, and notes when the next is due, in
 * one commit: whoever comes second finds that it is not due any more. What somebody is not allowed
 * to see now is not in it, and nothing is made when nothing happened. Billed: the settings, the
 * person, the organisation, what is told with its owners, and one or two writes.
 */
export async function makeDigest(
  { store, now }: Pick<Work, 'store' | 'now'>,
  orgId: string,
  uid: string,
): Promise<void> {
  await runUnitOfWork({ store, now }, orgId, async (unit) => {
    const settings = await unit.find(notificationSettings, uid);
    if (settings === undefined || settings.nextSendAt === null || settings.nextSendAt > now) return;
    const [user, { timeZone }] = await Promise.all([unit.find(users, uid), getOrg(unit)]);
    if (!user?.active) {
      unit.update(notificationSettings, settings, { digest: 'off', nextSendAt: null });
      return;
    }
    const settled = new Date(now.getTime() - SETTLED_MS);
    const since = settings.digestSince ?? settled;
    const until = since > settled ? since : settled;
    const content = await gather(unit, principalOf(orgId, user), { since, until });
    const day = digestDay(now, timeZone);
    const mail = digestMail(content, { name: user.name, period: day, appUrl: appUrl() });
    if (mail !== undefined) {
      const id = `digest_${uid}_${day}`;
      unit.create(notificationMails, id, { uid, ...mail, nextSendAt: now, attempts: 0 });
    }
    unit.update(notificationSettings, settings, {
      digestSince: until,
      nextSendAt: nextDigestAt(settings.digest, now, timeZone),
    });
  });
}

/** What somebody may see of what happened in a span of time. */
async function gather(unit: UnitOfWork, reader: Principal, span: Span): Promise<DigestContent> {
  const stalledSpan = {
    since: new Date(span.since.getTime() - STALLED_MS),
    until: new Date(span.until.getTime() - STALLED_MS),
  };
  const [closed, created, untouched, opened, resolved] = await Promise.all([
    dealsIn(unit, reader, 'closedAt', span),
    dealsIn(unit, reader, 'createdAt', span),
    dealsIn(unit, reader, 'updatedAt', stalledSpan),
    disputesIn(unit, reader, 'createdAt', span),
    disputesIn(unit, reader, 'closedAt', span),
  ]);
  const names = await namesOf(unit, [...closed, ...created, ...untouched, ...opened, ...resolved]);
  const nameOf = (uid: string) => names.get(uid) ?? 'somebody who has left';
  const dealOf = ({ title, valueMinor, currency, ownerId }: Deal) => ({
    ...{ title, valueMinor, currency, owner: nameOf(ownerId) },
  });
  const disputeOf = ({ ownerId, contestedMinor, currency, outcome }: Dispute) => ({
    ...{ payee: nameOf(ownerId), contestedMinor, currency },
    ...(outcome === null ? {} : { outcome }),
  });
  const ofKind = (list: Stored<Deal>[], kind: Deal['stageKind']) =>
    some(
      list.filter(({ stageKind }) => stageKind === kind),
      dealOf,
    );
  return {
    won: ofKind(closed, 'won'),
    lost: ofKind(closed, 'lost'),
    created: some(created, dealOf),
    stalled: ofKind(untouched, 'open'),
    opened: some(opened, disputeOf),
    resolved: some(resolved, disputeOf),
  };
}

function some<T, U>(list: readonly T[], toShown: (one: T) => U) {
  return { shown: list.slice(0, MAX_SHOWN).map(toShown), more: list.length > MAX_SHOWN };
}

function dealsIn(
  unit: UnitOfWork,
  reader: Principal,
  field: 'closedAt' | 'createdAt' | 'updatedAt',
  { since, until }: Span,
): Promise<Stored<Deal>[]> {
  return unit.query(deals, (query) =>
    whereVisible(query.where('deletedAt', '==', null), reader, 'deal')
      .where(field, '>=', since)
      .where(field, '<', until)
      .orderBy(field, 'desc')
      .limit(2 * MAX_SHOWN + 1),
  );
}

function disputesIn(
  unit: UnitOfWork,
  reader: Principal,
  field: 'createdAt' | 'closedAt',
  { since, until }: Span,
): Promise<Stored<Dispute>[]> {
  return unit.query(disputes, (query) =>
    whereVisible(query, reader, 'dispute')
      .where(field, '>=', since)
      .where(field, '<', until)
      .orderBy(field, 'desc')
      .limit(MAX_SHOWN + 1),
  );
}

async function namesOf(
  unit: UnitOfWork,
  owned: readonly { readonly ownerId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const found = await unit.findMany(
    users,
    owned.map(({ ownerId }) => ownerId),
  );
  return new Map([...found].map(([uid, { name }]) => [uid, name]));
}
