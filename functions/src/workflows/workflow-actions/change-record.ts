import { companyType, updateCompany } from '../../modules/companies/companies.public.ts';
import { companyChangeSchema } from '../../modules/companies/companies.schema.ts';
import { contactType, updateContact } from '../../modules/contacts/contacts.public.ts';
import { contactChangeSchema } from '../../modules/contacts/contacts.schema.ts';
import { moveDealStage, updateDeal } from '../../modules/deals/deals.public.ts';
import { type DealChange, dealChangeSchema } from '../../modules/deals/deals.schema.ts';
import { leadType, updateLead } from '../../modules/leads/leads.public.ts';
import { leadChangeSchema } from '../../modules/leads/leads.schema.ts';
import { changeTagsOfOwned } from '../../modules/owned-records/owned-records.public.ts';
import type { SubjectRef, SubjectType } from '../../modules/subjects/subjects.schema.ts';
import { changeTags } from '../../modules/tags/tags.public.ts';
import { storedTagsSchema, type TagChange } from '../../modules/tags/tags.schema.ts';
import { AppError } from '../../platform/errors.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import { parseInput } from '../../platform/validation.ts';
import type { Action, Caller, Fields, Result, StepContext } from './action.ts';
import { getState } from './subject.ts';

/** How each kind of record is changed: by its ordinary use case, with what that takes. */
const changers: Readonly<
  Record<SubjectType, (ctx: Caller, id: string, fields: Fields) => Promise<{ version: number }>>
> = {
  deal: (ctx, dealId, fields) =>
    updateDeal(ctx, { dealId, ...parseInput(dealChangeSchema, dealFields(fields)) }),
  contact: (ctx, id, fields) => updateContact(ctx, id, parseInput(contactChangeSchema, fields)),
  company: (ctx, id, fields) => updateCompany(ctx, id, parseInput(companyChangeSchema, fields)),
  lead: (ctx, id, fields) => updateLead(ctx, id, parseInput(leadChangeSchema, fields)),
};

/** Changes a record by its ordinary use case. @throws AppError whatever that refuses */
export async function changeFields(
  ctx: Caller,
  { recordType, recordId }: SubjectRef,
  fields: Fields,
): Promise<Result> {
  const { version } = await changers[recordType](ctx, recordId, fields);
  return { recordType, recordId, version };
}

export const updateFields: Action<'UPDATE_FIELDS'> = (ctx, { fields }) =>
  changeFields(ctx.caller, ctx.subject(), nested(fields));

export const moveStage: Action<'MOVE_STAGE'> = async (ctx, { stage, lostReason }) => {
  const { recordType, recordId } = ctx.subject();
  if (recordType !== 'deal') {
    throw new AppError(
      'failed-precondition',
      `recordType: only deals have stages, and this is about a ${recordType}; take the step out of the workflow`,
      { field: 'recordType' },
    );
  }
  const move = { dealId: recordId, stage, ...(lostReason === undefined ? {} : { lostReason }) };
  const { version, stageId } = await moveDealStage(ctx.caller, move);
  return { recordType, recordId, version, stageId };
};

export const addTag: Action<'ADD_TAG'> = (ctx, { tag }) => tagged(ctx, { add: [tag] });
export const removeTag: Action<'REMOVE_TAG'> = (ctx, { tag }) => tagged(ctx, { remove: [tag] });

function tagged(ctx: StepContext, change: TagChange): Promise<Result> {
  const { recordType, recordId } = ctx.subject();
  const { caller } = ctx;
  switch (recordType) {
    case 'deal':
      return tagDeal(caller, recordId, change);
    case 'contact':
      return versionOf(recordType, changeTagsOfOwned(caller, contactType, recordId, change));
    case 'company':
      return versionOf(recordType, changeTagsOfOwned(caller, companyType, recordId, change));
    case 'lead':
      return versionOf(recordType, changeTagsOfOwned(caller, leadType, recordId, change));
  }
}

async function versionOf(
  recordType: SubjectType,
  changing: Promise<{ readonly id: string; readonly version: number }>,
): Promise<Result> {
  const { id, version } = await changing;
  return { recordType, recordId: id, version };
}

const MOST_TRIES = 5;

/** The tags of a deal are replaced as a whole: so the change is based on the version they were read at. */
async function tagDeal(caller: Caller, dealId: string, change: TagChange): Promise<Result> {
  const ref = { recordType: 'deal', recordId: dealId } as const;
  for (let tries = 1; ; tries += 1) {
    const deal = await getState(openUnit(caller, caller.principal.orgId), ref);
    const tags = changeTags(storedTagsSchema.parse(deal.tags), change);
    const version = Number(deal.version);
    try {
      return await versionOf('deal', updateDeal(caller, { dealId, tags, version }));
    } catch (error) {
      const isOutdated = error instanceof AppError && error.field === 'version';
      if (!isOutdated || tries === MOST_TRIES) throw error;
    }
  }
}

/** Fields by path as the use cases take them: custom fields are in an object of their own. */
function nested(fields: Fields): Fields {
  const own: Record<string, unknown> = {};
  const customFields: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(fields)) {
    const [first = '', second] = path.split('.');
    if (first === 'customFields' && second !== undefined) customFields[second] = value;
    else own[path] = value;
  }
  return Object.keys(customFields).length === 0 ? own : { ...own, customFields };
}

/** A deal's value is one thing with its currency at the doors. */
function dealFields({ valueMinor, ...fields }: Fields): Partial<Record<keyof DealChange, unknown>> {
  if (valueMinor === undefined) return fields;
  return {
    ...fields,
    value: typeof valueMinor === 'number' ? { amountMinor: valueMinor } : valueMinor,
  };
}
