import type { TwilioPort } from '../../integrations/twilio/twilio.port.ts';
import type { Context } from '../../platform/context.ts';
import { defined } from '../../platform/defined.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { normalisePhone } from '../../platform/phone.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type Store, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { getOwner } from '../users/users.public.ts';
import { messageSettings, numberClaimId, numberClaims } from './conversations.repository.ts';
import type {
  MessageSettings,
  NewNumber,
  OwnedNumber,
  SettingsChange,
} from './message-settings.schema.ts';
import { DEFAULT_SETTINGS, findSettings, SETTINGS_ID } from './message-settings.ts';

type Caller = Context<Principal>;

/** The numbers belong to no organisation before they are claimed. */
const NO_ORG = '';

/** How the organisation sends. @throws AppError permission-denied */
export function getSettings(ctx: Caller): Promise<MessageSettings> {
  requireOrgAccess(ctx.principal, 'update', 'org');
  return findSettings(openUnit(ctx, ctx.principal.orgId));
}

/** Changes how the organisation sends. @throws AppError permission-denied, invalid-argument (numbers) */
export async function changeSettings(
  ctx: Caller,
  { smsNumber, whatsAppNumber, ...rest }: SettingsChange,
): Promise<MessageSettings> {
  requireOrgAccess(ctx.principal, 'update', 'org');
  const given = defined({
    smsNumber: smsNumber && normalisePhone(smsNumber, 'smsNumber'),
    whatsAppNumber: whatsAppNumber && normalisePhone(whatsAppNumber, 'whatsAppNumber'),
  });
  return runUnitOfWork(ctx, ctx.principal.orgId, (unit) =>
    writeSettings(unit, (settings) => {
      const changed = { ...settings, ...defined(rest), ...given };
      const isOurs = (number: string | null, isEnough: (owned: OwnedNumber) => boolean) =>
        number === null ||
        settings.numbers.some((one) => one.phoneNumber === number && isEnough(one));
      if (!isOurs(changed.smsNumber, () => true)) throw notOurs('smsNumber');
      if (!isOurs(changed.whatsAppNumber, ({ isWhatsApp }) => isWhatsApp)) {
        throw notOurs('whatsAppNumber');
      }
      return changed;
    }),
  );
}

function notOurs(field: string): AppError {
  return new AppError(
    'invalid-argument',
    `${field}: register the number first, at POST /api/twilio/phone-numbers`,
    { field },
  );
}

async function writeSettings(
  unit: UnitOfWork,
  change: (settings: MessageSettings) => MessageSettings,
): Promise<MessageSettings> {
  const found = await unit.find(messageSettings, SETTINGS_ID);
  if (found === undefined) {
    const { id: _, ...created } = unit.create(
      messageSettings,
      SETTINGS_ID,
      change(DEFAULT_SETTINGS),
    );
    return created;
  }
  const { id: _, ...current } = found;
  const changed = change(current);
  unit.update(messageSettings, found, changed);
  return changed;
}

/**
 * Makes a number of the Twilio account the organisation's: texts to it are this organisation's from
 * now on. One organisation at most has a number, by a document that all share.
 * @throws AppError permission-denied, invalid-argument (phoneNumber, ownerId), already-exists,
 * unavailable
 */
export async function registerNumber(
  ctx: Caller,
  { phoneNumber: text, ownerId, whatsApp }: NewNumber,
  twilio: Pick<TwilioPort, 'findNumber'>,
): Promise<OwnedNumber> {
  const { principal, now } = ctx;
  requireOrgAccess(principal, 'update', 'org');
  const phoneNumber = normalisePhone(text, 'phoneNumber');
  const found = await twilio.findNumber(phoneNumber);
  if (found === undefined) {
    throw new AppError(
      'invalid-argument',
      `phoneNumber: the Twilio account does not have ${phoneNumber}; buy it there first`,
      { field: 'phoneNumber' },
    );
  }
  return runUnitOfWork(ctx, principal.orgId, async (unit) => {
    const [claim, owner] = await Promise.all([
      unit.find(numberClaims, numberClaimId(phoneNumber)),
      getOwner(unit, principal, ownerId ?? principal.uid),
    ]);
    if (claim !== undefined) throw taken(claim.orgId === principal.orgId);
    const { sid, friendlyName } = found;
    const owned = { phoneNumber, sid, friendlyName, ownerId: owner.id, isWhatsApp: whatsApp };
    const { orgId } = principal;
    unit.create(numberClaims, numberClaimId(phoneNumber), { phoneNumber, orgId, at: now });
    await writeSettings(unit, (settings) => ({
      ...settings,
      numbers: [...settings.numbers, owned],
      smsNumber: settings.smsNumber ?? phoneNumber,
      whatsAppNumber: settings.whatsAppNumber ?? (whatsApp ? phoneNumber : null),
    }));
    return owned;
  });
}

function taken(isOurs: boolean): AppError {
  return new AppError(
    'already-exists',
    isOurs
      ? 'phoneNumber: it is registered already'
      : 'phoneNumber: another organisation has it; register a number of your own',
    { field: 'phoneNumber' },
  );
}

/** The numbers of the organisation. @throws AppError permission-denied */
export async function listNumbers(ctx: Caller): Promise<OwnedNumber[]> {
  return (await getSettings(ctx)).numbers;
}

/** What a number is named by in paths: its digits. */
export function numberIdOf(phoneNumber: string): string {
  return numberClaimId(phoneNumber);
}

/** Gives a number up, named by its digits or its id at Twilio. @throws AppError permission-denied, not-found */
export async function releaseNumber(ctx: Caller, id: string): Promise<{ phoneNumber: string }> {
  requireOrgAccess(ctx.principal, 'update', 'org');
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const { numbers } = await findSettings(unit);
    const owned = numbers.find((one) => one.sid === id || numberClaimId(one.phoneNumber) === id);
    if (owned === undefined) throw notFound(numberClaims.label, id);
    const { phoneNumber } = owned;
    const claim = await unit.get(numberClaims, numberClaimId(phoneNumber));
    unit.remove(numberClaims, claim);
    await writeSettings(unit, (settings) => ({
      ...settings,
      numbers: settings.numbers.filter((one) => one.phoneNumber !== phoneNumber),
      smsNumber: settings.smsNumber === phoneNumber ? null : settings.smsNumber,
      whatsAppNumber: settings.whatsAppNumber === phoneNumber ? null : settings.whatsAppNumber,
    }));
    return { phoneNumber };
  });
}

/** The organisation that a number belongs to, or undefined. One billed read. */
export async function findOrgOfNumber(
  { store }: { readonly store: Store },
  phoneNumber: string,
): Promise<string | undefined> {
  const claim = await openUnit({ store }, NO_ORG).find(numberClaims, numberClaimId(phoneNumber));
  return claim?.orgId;
}
