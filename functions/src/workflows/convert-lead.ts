import { addCompany, companies } from '../modules/companies/companies.public.ts';
import { addContact } from '../modules/contacts/contacts.public.ts';
import type { NewContact } from '../modules/contacts/contacts.schema.ts';
import { addDeal } from '../modules/deals/deals.public.ts';
import { leadType } from '../modules/leads/leads.public.ts';
import type { Conversion, ConvertLead, Lead } from '../modules/leads/leads.schema.ts';
import { getOwned, saveChange } from '../modules/owned-records/owned-records.public.ts';
import type { WriteOptions } from '../modules/owned-records/owned-records.schema.ts';
import type { Context } from '../platform/context.ts';
import { AppError, withinField } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { runUnitOfWork } from '../platform/run-unit-of-work.ts';
import type { UnitOfWork } from '../platform/unit-of-work.ts';

type Caller = Context<Principal>;

/**
 * Turns a lead into a contact, at a new or known company if one is given, with a deal if one is
 * given: all in one commit, so of two conversions at once one finds the lead converted. What is
 * created belongs to the lead's owner unless another is named.
 * @throws AppError not-found, permission-denied, failed-precondition (converted before),
 * already-exists and invalid-argument (contactData.…, companyData.…, companyId, deal.…), conflict
 */
export async function convertLead(
  ctx: Caller,
  leadId: string,
  input: ConvertLead,
  options: WriteOptions = {},
): Promise<Conversion> {
  requireOneCompany(input);
  const contactId = ctx.newId();
  const newCompanyId = input.companyData === undefined ? null : ctx.newId();
  const dealId = input.deal === undefined ? null : ctx.newId();
  return runUnitOfWork(ctx, ctx.principal.orgId, async (unit) => {
    const lead = await getOwned(unit, ctx.principal, leadType, leadId, 'update');
    requireUnconverted(lead);
    const companyId = newCompanyId ?? (await findCompanyId(unit, input.companyId));
    const contact = contactOf(lead, input.contactData);
    await Promise.all([
      withinField('contactData', () =>
        addContact(unit, ctx, contactId, contact, { ...options, ...placeAt(companyId) }),
      ),
      newCompanyId && addCompanyOf(unit, ctx, newCompanyId, lead, input.companyData, options),
      dealId && addDealOf(unit, ctx, dealId, lead, input.deal, { contactId, contact, companyId }),
    ]);
    const conversion = { contactId, companyId, dealId };
    const converted = {
      ...lead,
      status: 'CONVERTED' as const,
      convertedAt: ctx.now,
      convertedContactId: contactId,
      convertedCompanyId: companyId,
      convertedDealId: dealId,
    };
    saveChange(unit, leadType, lead, converted, ctx);
    return conversion;
  });
}

function requireOneCompany({ companyData, companyId }: ConvertLead): void {
  if (companyData === undefined || companyId === undefined) return;
  throw new AppError(
    'invalid-argument',
    'companyId: give either companyData for a new company or the companyId of one on record',
    { field: 'companyId' },
  );
}

function requireUnconverted({ convertedContactId }: Lead): void {
  if (convertedContactId === null) return;
  throw new AppError(
    'failed-precondition',
    `This lead was converted to contact '${convertedContactId}' before; work with that one`,
  );
}

async function findCompanyId(unit: UnitOfWork, id: string | undefined): Promise<string | null> {
  if (id === undefined) return null;
  const company = await unit.find(companies, id);
  if (company?.deletedAt === null) return id;
  throw new AppError(
    'invalid-argument',
    `companyId: there is no company '${id}'; give the id of one of your companies`,
    { field: 'companyId' },
  );
}

function contactOf(lead: Lead, data: NewContact): NewContact {
  return {
    ...data,
    ownerId: data.ownerId ?? lead.ownerId,
    company: data.company === undefined ? lead.businessName : data.company,
    source: data.source === undefined ? lead.source : data.source,
  };
}

function placeAt(companyId: string | null) {
  return {
    memberships: companyId === null ? [] : [{ companyId, role: null, isPrimary: true }],
  };
}

async function addCompanyOf(
  unit: UnitOfWork,
  ctx: Caller,
  id: string,
  lead: Lead,
  data: ConvertLead['companyData'] = {},
  options: WriteOptions,
): Promise<void> {
  const name = data.name ?? lead.businessName;
  if (name === null) {
    throw new AppError('invalid-argument', 'companyData.name: the lead has none; give one', {
      field: 'companyData.name',
    });
  }
  const { phone, website, address, city, state, zipCode, source, ownerId } = lead;
  const known = { phone, website, address, city, state, zipCode, source, ownerId };
  await withinField('companyData', () =>
    addCompany(unit, ctx, id, { ...known, ...data, name }, options),
  );
}

async function addDealOf(
  unit: UnitOfWork,
  ctx: Caller,
  id: string,
  lead: Lead,
  deal: ConvertLead['deal'],
  links: { contactId: string; contact: NewContact; companyId: string | null },
): Promise<void> {
  if (deal === undefined) return;
  const { contactId, contact, companyId } = links;
  const { firstName, lastName } = contact;
  const input = { ...deal, ownerId: deal.ownerId ?? lead.ownerId };
  await withinField('deal', () =>
    addDeal(
      unit,
      ctx,
      id,
      { ...input, contactIds: [contactId], companyId },
      { contacts: [{ id: contactId, firstName, lastName: lastName ?? '' }], companyId },
    ),
  );
}
