import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { getOrg } from '../orgs/orgs.public.ts';
import { nextDigestAt } from './digest-times.ts';
import { notificationSettings } from './notifications.repository.ts';
import {
  type ChangeSettings,
  type NotificationKind,
  type NotificationSettings,
  notificationKindSchema,
  type SettingsView,
  settingsViewSchema,
} from './notifications.schema.ts';

type Caller = Context<Principal>;

const defaults: NotificationSettings = {
  muted: [],
  mailed: [],
  digest: 'off',
  digestSince: null,
  nextSendAt: null,
};

/** What the caller wants to be told, and how. One billed read. */
export async function getNotificationSettings(ctx: Caller): Promise<SettingsView> {
  const { orgId, uid } = ctx.principal;
  const found = await openUnit(ctx, orgId).find(notificationSettings, uid);
  return toSettingsView(found ?? defaults);
}

/**
 * Changes what the caller wants to be told. A digest begins with what happens from now on. Billed:
 * the settings, the organisation's time zone when the digest changes, and one write.
 * @throws AppError conflict
 */
export function changeNotificationSettings(
  ctx: Caller,
  { kinds = {}, digest }: ChangeSettings,
): Promise<SettingsView> {
  const { orgId, uid } = ctx.principal;
  return runUnitOfWork(ctx, orgId, async (unit) => {
    const current = await unit.find(notificationSettings, uid);
    const { id: _, muted, mailed, ...rest } = { id: uid, ...(current ?? defaults) };
    const isChanged = digest !== undefined && digest !== rest.digest;
    const timeZone = isChanged && digest !== 'off' ? (await getOrg(unit)).timeZone : 'UTC';
    const next: NotificationSettings = {
      ...rest,
      muted: choose(muted, kinds, ({ inbox }) => (inbox === undefined ? undefined : !inbox)),
      mailed: choose(mailed, kinds, ({ email }) => email),
      ...(isChanged
        ? {
            digest,
            digestSince: digest === 'off' ? null : ctx.now,
            nextSendAt: nextDigestAt(digest, ctx.now, timeZone),
          }
        : {}),
    };
    if (current === undefined) unit.create(notificationSettings, uid, next);
    else unit.update(notificationSettings, current, next);
    return toSettingsView(next);
  });
}

type Kinds = NonNullable<ChangeSettings['kinds']>;
type Channels = NonNullable<Kinds[NotificationKind]>;

/** The kinds that a list has after a change that says of some whether they are in it. */
function choose(
  list: readonly NotificationKind[],
  kinds: Kinds,
  isIn: (channels: Channels) => boolean | undefined,
): NotificationKind[] {
  return notificationKindSchema.options.filter((kind) => {
    const channels = kinds[kind];
    return (channels && isIn(channels)) ?? list.includes(kind);
  });
}

function toSettingsView({ muted, mailed, digest, nextSendAt }: NotificationSettings): SettingsView {
  const channelsOf = (kind: NotificationKind) => ({
    ...{ inbox: !muted.includes(kind), email: mailed.includes(kind) },
  });
  return settingsViewSchema.parse({
    kinds: Object.fromEntries(
      notificationKindSchema.options.map((kind) => [kind, channelsOf(kind)]),
    ),
    digest,
    nextDigestAt: nextSendAt?.toISOString() ?? null,
  });
}
