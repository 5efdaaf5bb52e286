import { findHolder } from '../modules/claims/claims.public.ts';
import {
  createDeal,
  deals,
  deleteDeal,
  getDeal,
  restoreDeal,
  updateDeal,
} from '../modules/deals/deals.public.ts';
import { type NewDeal, newDealSchema } from '../modules/deals/deals.schema.ts';
import { readDay, readNumber } from '../modules/imports/imports.public.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { emailSchema } from '../platform/text.schema.ts';
import { openUnit } from '../platform/unit-of-work.ts';
import { parseInput } from '../platform/validation.ts';
import {
  externalKeys,
  type Reading,
  readCommon,
  requireCell,
  texts,
  union,
} from './import-cells.ts';
import type { Importer } from './import-row.ts';

/** How rows become deals. They come with their past: expected closes that are over, and closed deals. */
export const dealImporter: Importer = {
  recordType: 'deal',
  collection: deals,
  prepare: async (ctx, reading) => {
    const { cells } = reading;
    const input = parseInput(newDealSchema, {
      title: requireCell(cells, 'title'),
      value: readValue(reading),
      ...readStage(reading),
      ...readDays(reading),
      ...readCompany(reading),
      ...texts(cells, ['description']),
      ...(await readContact(ctx, reading)),
      ...readCommon(reading),
    });
    const history = { closedAt: readClosedAt(reading) };
    return {
      keys: externalKeys(input.externalIds),
      create: (caller, id) => createDeal(caller, input, { id, history }),
      update: (caller, dealId) => changeDeal(caller, dealId, input),
    };
  },
  restore: (ctx, dealId) => restoreDeal(ctx, { dealId }),
  bin: (ctx, dealId) => deleteDeal(ctx, { dealId }),
};

async function changeDeal(ctx: Context<Principal>, dealId: string, input: NewDeal) {
  const current = await getDeal(ctx, dealId);
  return updateDeal(ctx, { dealId, ...input, ...union(current, input) });
}

/** A deal without a value has none yet; its amount is zero. */
function readValue({ cells, options }: Reading): Record<string, unknown> {
  const currency = cells.get('currency')?.toUpperCase() ?? options.currency;
  const text = cells.get('value');
  const amountMajor = text === undefined ? 0 : readNumber('value', text);
  return { amountMajor, ...(currency === undefined ? {} : { currency }) };
}

function readStage({ cells, references }: Reading): Record<string, unknown> {
  const stage = cells.get('stage');
  const probability = cells.get('probability');
  return {
    ...(stage === undefined ? {} : { stage: references.stageOf(stage).id }),
    ...(probability === undefined ? {} : { probability: readNumber('probability', probability) }),
  };
}

function readDays({ cells, options }: Reading): Record<string, unknown> {
  const day = cells.get('expectedCloseDate');
  if (day === undefined) return {};
  return { expectedCloseDate: readDay('expectedCloseDate', day, options.dateOrder) };
}

function readCompany({ cells, references }: Reading): Record<string, unknown> {
  const name = cells.get('company');
  return name === undefined ? {} : { companyId: references.companyIdOf(name) };
}

async function readContact(
  ctx: Context<Principal>,
  { cells }: Reading,
): Promise<Record<string, unknown>> {
  const email = cells.get('contactEmail');
  if (email === undefined) return {};
  const value = emailSchema.safeParse(email);
  const unit = openUnit(ctx, ctx.principal.orgId);
  const holder = value.success
    ? await findHolder(unit, 'contact', { kind: 'email', value: value.data })
    : undefined;
  if (holder !== undefined) return { contactIds: [holder] };
  throw refusal('contactEmail', `there is no contact with the e-mail '${email.slice(0, 100)}'`);
}

function readClosedAt({ cells, references, options }: Reading): Date | undefined {
  const text = cells.get('closedAt');
  if (text === undefined) return undefined;
  const day = readDay('closedAt', text, options.dateOrder);
  const stage = cells.get('stage');
  if (stage !== undefined && references.stageOf(stage).kind !== 'open') {
    return new Date(`${day}T00:00:00.000Z`);
  }
  throw refusal(
    'closedAt',
    'the deal is in an open stage; map this column to expectedCloseDate, or name a won or lost stage',
  );
}

function refusal(field: string, problem: string): AppError {
  return new AppError('invalid-argument', `${field}: ${problem}`, { field });
}
