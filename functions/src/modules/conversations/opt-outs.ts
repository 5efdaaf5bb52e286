import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { contactType } from '../contacts/contacts.public.ts';
import type { Contact } from '../contacts/contacts.schema.ts';
import { getOwned } from '../owned-records/owned-records.public.ts';
import { optOutId, optOuts } from './conversations.repository.ts';
import type { Channel, Keyword, OptOut, OptOutInput } from './conversations.schema.ts';

/** Where a contact is written to on a channel. */
export function addressOf({ phone, email }: Contact, channel: Channel): string | null {
  return channel === 'EMAIL' ? email : phone;
}

/**
 * Whether an address wants no messages. It is the address that has opted out and not the contact: so
 * it stays so when contacts are merged, deleted and made again.
 */
export function findOptOut(
  unit: UnitOfWork,
  channel: Channel,
  address: string,
): Promise<Stored<OptOut> | undefined> {
  return unit.find(optOuts, optOutId(channel, address));
}

/** Refuses to write to an address that has opted out. @throws AppError failed-precondition */
export function requireNoOptOut({ channel, source }: OptOut): never {
  throw new AppError('failed-precondition', `contactId: ${optOutReason(channel, source)}`, {
    field: 'contactId',
  });
}

/** Why somebody is not written to, and what ends that. */
export function optOutReason(channel: Channel, source: OptOut['source']): string {
  const ends = {
    KEYWORD: 'only they can change that, with START',
    PROVIDER: 'only they can change that, with START',
    MEMBER: 'a member noted so, and can change it at POST /api/messages/opt-outs',
  };
  return `the contact has opted out of ${channel}; ${ends[source]}`;
}

type NewOptOut = Omit<OptOut, 'channel' | 'address'> & Pick<OptOut, 'channel' | 'address'>;

/** Notes that an address wants no more messages, unless that is known; `found` was read in the unit. */
export function addOptOut(
  unit: UnitOfWork,
  found: Stored<OptOut> | undefined,
  optOut: NewOptOut,
): void {
  if (found === undefined) unit.create(optOuts, optOutId(optOut.channel, optOut.address), optOut);
  // What the person says weighs more than what a member noted.
  else if (found.source === 'MEMBER' && optOut.source !== 'MEMBER') {
    unit.update(optOuts, found, { source: optOut.source, by: optOut.by, at: optOut.at });
  }
}

/** Does as somebody wishes who has written STOP or START. */
export async function heedKeyword(
  unit: UnitOfWork,
  keyword: Keyword,
  { channel, address, contactId, at }: Pick<OptOut, 'channel' | 'address' | 'contactId' | 'at'>,
): Promise<void> {
  const found = await findOptOut(unit, channel, address);
  if (keyword === 'STOP') {
    const said = { channel, address, contactId, at } as const;
    addOptOut(unit, found, { ...said, source: 'KEYWORD', by: address });
  } else if (found !== undefined) {
    unit.remove(optOuts, found);
  }
}

/**
 * Notes what a contact told a member about being written to. What they said themselves with STOP,
 * nobody else takes back.
 * @throws AppError not-found, permission-denied, invalid-argument (no such address),
 * failed-precondition
 */
export async function setOptOut(
  ctx: Context<Principal>,
  { contactId, channel, optedOut }: OptOutInput,
): Promise<OptOutInput> {
  const { principal, now } = ctx;
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const contact = await getOwned(unit, principal, contactType, contactId, 'update');
    const address = requireAddress(contact, channel);
    const found = await findOptOut(unit, channel, address);
    if (optedOut) {
      const noted = { source: 'MEMBER', by: principal.uid, at: now } as const;
      addOptOut(unit, found, { channel, address, contactId, ...noted });
    } else if (found !== undefined) {
      if (found.source !== 'MEMBER') requireNoOptOut(found);
      unit.remove(optOuts, found);
    }
    return { contactId, channel, optedOut };
  });
}

/** @throws AppError invalid-argument: field contactId */
export function requireAddress(contact: Contact, channel: Channel): string {
  const address = addressOf(contact, channel);
  if (address !== null) return address;
  const what = channel === 'EMAIL' ? 'e-mail address' : 'phone number';
  throw new AppError(
    'invalid-argument',
    `contactId: the contact has no ${what}; add one, or choose another channel`,
    { field: 'contactId' },
  );
}
