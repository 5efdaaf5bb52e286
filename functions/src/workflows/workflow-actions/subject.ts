import { companies } from '../../modules/companies/companies.public.ts';
import { contacts } from '../../modules/contacts/contacts.public.ts';
import { deals } from '../../modules/deals/deals.public.ts';
import { leads } from '../../modules/leads/leads.public.ts';
import type { Run } from '../../modules/runs/runs.schema.ts';
import {
  type SubjectRef,
  type SubjectType,
  subjectTypeSchema,
} from '../../modules/subjects/subjects.schema.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Fields, StepContext } from './action.ts';

const finders: Readonly<
  Record<SubjectType, (unit: UnitOfWork, id: string) => Promise<object | undefined>>
> = {
  deal: (unit, id) => unit.find(deals, id),
  contact: (unit, id) => unit.find(contacts, id),
  company: (unit, id) => unit.find(companies, id),
  lead: (unit, id) => unit.find(leads, id),
};

type About = Pick<Run, 'recordType' | 'recordId' | 'scene'>;

/**
 * The record that a workflow works on: the one the event is about; or the one that *that* is about,
 * such as the contact of a message, the deal of a dispute or the record of a task.
 */
export function findSubjectOf({ recordType, recordId, scene }: About): SubjectRef | undefined {
  const state = { ...scene.before, ...scene.after };
  const candidates = [
    [recordType, recordId],
    [state.recordType, state.recordId],
    ['deal', state.dealId],
    ['contact', state.contactId],
  ] as const;
  for (const [type, id] of candidates) {
    const known = subjectTypeSchema.safeParse(type);
    if (known.success && typeof id === 'string') return { recordType: known.data, recordId: id };
  }
  return undefined;
}

/** The same. @throws AppError failed-precondition */
export function getSubjectOf(run: About): SubjectRef {
  const found = findSubjectOf(run);
  if (found !== undefined) return found;
  throw new AppError(
    'failed-precondition',
    `recordType: this step needs a deal, contact, company or lead, and the event is about a ${run.recordType}; take the step out of the workflow`,
    { field: 'recordType' },
  );
}

/** The record as it is, in use or in the bin. One billed read. */
export async function findState(unit: UnitOfWork, ref: SubjectRef): Promise<Fields | undefined> {
  const found = await finders[ref.recordType](unit, ref.recordId);
  return found && { ...found };
}

/** The record as it is. One billed read. @throws AppError not-found: gone, or in the bin */
export async function getState(unit: UnitOfWork, ref: SubjectRef): Promise<Fields> {
  const state = await findState(unit, ref);
  if (state === undefined || isBinned(state)) throw notFound(ref.recordType, ref.recordId);
  return state;
}

function isBinned(state: Fields): boolean {
  return state.deletedAt instanceof Date;
}

/** A text field of a state; undefined when there is none. */
export function textOf(state: Fields, field: string): string | undefined {
  const value = state[field];
  return typeof value === 'string' ? value : undefined;
}

/** The owner of the record. @throws AppError failed-precondition when it has none */
export function ownerOf(state: Fields): string {
  const ownerId = textOf(state, 'ownerId');
  if (ownerId !== undefined) return ownerId;
  throw new AppError('failed-precondition', 'ownerId: the record has no owner; give it one', {
    field: 'ownerId',
  });
}

/** The contact to write to: the record itself, or the first of a deal's. */
export function findContactOf(ref: SubjectRef, state: Fields): string | undefined {
  if (ref.recordType === 'contact') return ref.recordId;
  const ids = state.contactIds;
  const first: unknown = Array.isArray(ids) ? ids[0] : state.convertedContactId;
  return typeof first === 'string' ? first : undefined;
}

/** The contact that a step writes to or meets. @throws AppError failed-precondition when there is none */
export async function getContactOf(ctx: Pick<StepContext, 'subject' | 'record'>): Promise<string> {
  const subject = ctx.subject();
  const isContact = subject.recordType === 'contact';
  const found = isContact ? subject.recordId : findContactOf(subject, await ctx.record());
  if (found !== undefined) return found;
  throw new AppError(
    'failed-precondition',
    `contactIds: this ${subject.recordType} has no contact; add one, then have the run go on`,
    { field: 'contactIds' },
  );
}
