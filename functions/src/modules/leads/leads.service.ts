import type { Stored } from '../../platform/collection.ts';
import type { Context } from '../../platform/context.ts';
import { defined } from '../../platform/defined.ts';
import { AppError } from '../../platform/errors.ts';
import { normalisePhone } from '../../platform/phone.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { firstVersion } from '../../platform/records.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { externalIdClaims } from '../claims/claims.public.ts';
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
import { leads, whereLead } from './leads.repository.ts';
import type { Lead, LeadChange, ListLeads, NewLead } from './leads.schema.ts';
import { leadType } from './leads.type.ts';

type Caller = Context<Principal>;

/**
 * Creates a lead. With `options.id`, which repeats of one import row share, a lead that is there
 * already is the answer. Billed: one read of the custom field definitions, one for each external id
 * and one of an owner who is not the caller; as many writes as external ids, and one.
 * @throws AppError already-exists (externalIds), invalid-argument (phone, customFields, ownerId),
 * permission-denied
 */
export async function createLead(
  ctx: Caller,
  input: NewLead,
  { id: givenId, unknownFields = 'refuse' }: WriteOptions & { readonly id?: string } = {},
): Promise<Stored<Lead>> {
  const { ownerId, customFields, phone, ...given } = defined(input);
  const lead: Omit<Lead, 'ownerId' | 'teamId' | 'customFields'> = {
    ...firstVersion({ actor: ctx.principal.uid, now: ctx.now }),
    ...emptyLead,
    ...given,
    ...phoneOf({ phone }),
  };
  const id = givenId ?? ctx.newId();
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const existing = givenId === undefined ? undefined : await unit.find(leads, id);
    if (existing !== undefined) return existing;
    const [owner, fields] = await Promise.all([
      ownerOfNew(unit, ctx.principal, leadType, ownerId),
      validateCustomFields(unit, ctx, 'lead', {
        ...{ current: undefined, given: customFields, unknownFields },
      }),
      claimFor(unit, ctx.principal, leadType, id, [], externalIdClaims(lead.externalIds)),
    ]);
    return saveNew(unit, leadType, id, { ...lead, ...owner, customFields: fields });
  });
}

/**
 * Changes a lead: what is not given stays, null clears, custom fields are changed by key.
 * @throws AppError not-found, permission-denied, already-exists (externalIds), invalid-argument
 * (phone, businessName, customFields, ownerId), failed-precondition (status), conflict
 */
export async function updateLead(
  ctx: Caller,
  id: string,
  input: LeadChange,
  { unknownFields = 'refuse' }: WriteOptions = {},
): Promise<Stored<Lead>> {
  const { ownerId, customFields: given, phone, ...rest } = defined(input);
  const phones = phoneOf({ phone });
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const lead = await getOwned(unit, ctx.principal, leadType, id, 'update');
    const changed: Lead = { ...lead, ...rest, ...phones };
    requireValid(lead, changed);
    const claims = [
      externalIdClaims(lead.externalIds),
      externalIdClaims(changed.externalIds),
    ] as const;
    const [owner, customFields] = await Promise.all([
      ownerAfter(unit, ctx.principal, leadType, lead, ownerId),
      validateCustomFields(unit, ctx, 'lead', {
        ...{ current: lead.customFields, given, unknownFields },
      }),
      claimFor(unit, ctx.principal, leadType, id, ...claims),
    ]);
    return saveChange(unit, leadType, lead, { ...changed, ...owner, customFields }, ctx);
  });
}

/** The lead with this id. One billed read. @throws AppError not-found */
export async function getLead(ctx: Caller, id: string): Promise<Stored<Lead>> {
  return getOwned(openUnit(ctx, ctx.principal.orgId), ctx.principal, leadType, id, 'read');
}

/** A page of the leads visible to the caller; see `listOwned`. @throws AppError invalid-argument (cursor, tags) */
export function listLeads(
  ctx: Caller,
  { status, category, city, ...request }: ListLeads,
): Promise<ListPage<Lead>> {
  return listOwned(ctx, leadType, request, (query) => whereLead(query, { status, category, city }));
}

function requireValid(before: Lead, after: Lead): void {
  if (before.status === 'CONVERTED' && after.status !== 'CONVERTED') {
    throw new AppError(
      'failed-precondition',
      `status: this lead was converted to contact '${before.convertedContactId}' and stays so`,
      { field: 'status' },
    );
  }
  if (after.businessName === null && after.contactName === null) {
    throw new AppError('invalid-argument', 'businessName: give a businessName or a contactName', {
      field: 'businessName',
    });
  }
}

const emptyLead = {
  businessName: null,
  contactName: null,
  address: null,
  city: null,
  state: null,
  zipCode: null,
  website: null,
  rating: null,
  category: null,
  googlePlaceId: null,
  source: null,
  email: null,
  phone: null,
  status: 'NEW' as const,
  tags: [],
  externalIds: [],
  searchTokens: [],
  convertedAt: null,
  convertedContactId: null,
  convertedCompanyId: null,
  convertedDealId: null,
  deletedAt: null,
};

function phoneOf({ phone }: Pick<LeadChange, 'phone'>): Partial<Pick<Lead, 'phone'>> {
  return defined({ phone: phone && normalisePhone(phone, 'phone') });
}
