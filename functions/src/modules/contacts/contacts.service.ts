import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { defined } from '../../platform/defined.ts';
import { normalisePhone } from '../../platform/phone.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { validateCustomFields } from '../fields/fields.public.ts';
import {
  claimFor,
  getOwned,
  type ListPage,
  listOwned,
  ownerAfter,
  ownerOfNew,
  saveChange,
  saveNew,
} from '../owned-records/owned-records.public.ts';
import type { WriteOptions } from '../owned-records/owned-records.schema.ts';
import { contacts } from './contacts.repository.ts';
import type { Contact, ContactChange, ListContacts, NewContact } from './contacts.schema.ts';
import { claimsOfContact, contactType } from './contacts.type.ts';

type Caller = Context<Principal>;

/**
 * Creates a contact. With `options.id`, which repeats of one import row share, a contact that is
 * there already is the answer. Billed: one read of the custom field definitions, one for each
 * e-mail, phone and external id and one of an owner who is not the caller; as many writes as
 * e-mails, phones and external ids, and one.
 * @throws AppError already-exists (email, phone, externalIds), invalid-argument (phone,
 * customFields, ownerId), permission-denied
 */
export async function createContact(
  ctx: Caller,
  input: NewContact,
  options: WriteOptions & { readonly id?: string } = {},
): Promise<Stored<Contact>> {
  const id = options.id ?? ctx.newId();
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const existing = options.id === undefined ? undefined : await unit.find(contacts, id);
    return existing ?? addContact(unit, ctx, id, input, options);
  });
}

/** Adds a new contact to a unit of work; see `createContact`. At most one contact a unit. */
export async function addContact(
  unit: UnitOfWork,
  ctx: Caller,
  id: string,
  input: NewContact,
  {
    unknownFields = 'refuse',
    memberships = [],
  }: WriteOptions & Partial<Pick<Contact, 'memberships'>> = {},
): Promise<Stored<Contact>> {
  const { ownerId, customFields, phone, otherPhones, ...given } = defined(input);
  const contact: Omit<Contact, 'ownerId' | 'teamId' | 'customFields'> = {
    ...firstVersion({ actor: ctx.principal.uid, now: ctx.now }),
    ...emptyContact,
    ...given,
    ...phonesOf({ phone, otherPhones }),
    memberships,
    companyIds: memberships.map(({ companyId }) => companyId),
  };
  const [owner, fields] = await Promise.all([
    ownerOfNew(unit, ctx.principal, contactType, ownerId),
    validateCustomFields(unit, ctx, 'contact', {
      ...{ current: undefined, given: customFields, unknownFields },
    }),
    claimFor(unit, ctx.principal, contactType, id, [], claimsOfContact(contact)),
  ]);
  return saveNew(unit, contactType, id, { ...contact, ...owner, customFields: fields });
}

/**
 * Changes a contact: what is not given stays, null clears, custom fields are changed by key.
 * @throws AppError not-found, permission-denied, already-exists (email, phone, externalIds),
 * invalid-argument (phone, customFields, ownerId), conflict
 */
export async function updateContact(
  ctx: Caller,
  id: string,
  input: ContactChange,
  { unknownFields = 'refuse' }: WriteOptions = {},
): Promise<Stored<Contact>> {
  const { ownerId, customFields: given, phone, otherPhones, ...rest } = defined(input);
  const phones = phonesOf({ phone, otherPhones });
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const contact = await getOwned(unit, ctx.principal, contactType, id, 'update');
    const changed: Contact = { ...contact, ...rest, ...phones };
    const claims = [claimsOfContact(contact), claimsOfContact(changed)] as const;
    const [owner, customFields] = await Promise.all([
      ownerAfter(unit, ctx.principal, contactType, contact, ownerId),
      validateCustomFields(unit, ctx, 'contact', {
        ...{ current: contact.customFields, given, unknownFields },
      }),
      claimFor(unit, ctx.principal, contactType, id, ...claims),
    ]);
    return saveChange(unit, contactType, contact, { ...changed, ...owner, customFields }, ctx);
  });
}

/** The contact with this id. One billed read. @throws AppError not-found */
export async function getContact(ctx: Caller, id: string): Promise<Stored<Contact>> {
  const unit = openUnit(ctx, ctx.principal.orgId);
  return getOwned(unit, ctx.principal, contactType, id, 'read');
}

/** A page of the contacts visible to the caller; see `listOwned`. @throws AppError invalid-argument (cursor, tags) */
export function listContacts(ctx: Caller, request: ListContacts): Promise<ListPage<Contact>> {
  return listOwned(ctx, contactType, request);
}

const emptyContact = {
  lastName: null,
  email: null,
  phone: null,
  otherEmails: [],
  otherPhones: [],
  company: null,
  title: null,
  source: null,
  tags: [],
  externalIds: [],
  searchTokens: [],
  mergedInto: null,
  mergedFrom: [],
  deletedAt: null,
};

type PhonesInput = Pick<ContactChange, 'phone' | 'otherPhones'>;

function phonesOf({
  phone,
  otherPhones,
}: PhonesInput): Partial<Pick<Contact, 'phone' | 'otherPhones'>> {
  const normalised = {
    phone: phone && normalisePhone(phone, 'phone'),
    otherPhones: otherPhones?.map((other) => normalisePhone(other, 'otherPhones')),
  };
  return defined(normalised);
}
