import {
  eventFields,
  render,
  type TemplateScope,
} from '../../modules/automations/automations.public.ts';
import { companies } from '../../modules/companies/companies.public.ts';
import { contacts } from '../../modules/contacts/contacts.public.ts';
import type { EventContent } from '../../modules/events/events.schema.ts';
import { orgs } from '../../modules/orgs/orgs.public.ts';
import type { SubjectRef } from '../../modules/subjects/subjects.schema.ts';
import { users } from '../../modules/users/users.public.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import type { Fields } from './action.ts';
import { findContactOf, textOf } from './subject.ts';

/** What the merge fields of a step are filled in from. */
export interface Filling {
  readonly unit: UnitOfWork;
  readonly subject: SubjectRef | undefined;
  readonly event: EventContent;
  readonly timeZone: string;
  record(): Promise<Fields>;
}

const ROOT = /\{\{\s*([A-Za-z][A-Za-z0-9_]*)\./g;

/**
 * The settings of a step with the merge fields of all their texts filled in. Billed: one read for
 * each of record, contact, company, owner and organisation that a text names.
 */
export async function fillIn<T>(config: T, filling: Filling): Promise<T> {
  const roots = new Set([...JSON.stringify(config).matchAll(ROOT)].map(([, root]) => root ?? ''));
  if (roots.size === 0) return config;
  const scope = await scopeOf(roots, filling);
  return filled(config, (text) => render(text, scope, { timeZone: filling.timeZone }));
}

function filled<T>(value: T, fill: (text: string) => string): T {
  // Texts stay texts, lists lists and objects objects: the type is what it was.
  if (typeof value === 'string') return fill(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => filled(item, fill)) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => [key, filled(item, fill)]);
  return Object.fromEntries(entries) as T;
}

async function scopeOf(roots: ReadonlySet<string>, filling: Filling): Promise<TemplateScope> {
  const { unit, subject, event } = filling;
  const record = subject === undefined ? {} : await filling.record();
  const own = subject === undefined ? {} : { [subject.recordType]: record };
  const lookUp = async (root: string, find: () => Promise<object | undefined> | undefined) =>
    !roots.has(root) || root in own ? {} : { [root]: await find() };
  const contactId = subject && findContactOf(subject, record);
  const companyId = textOf(record, 'companyId') ?? primaryCompanyOf(record);
  const ownerId = textOf(record, 'ownerId');
  const related = await Promise.all([
    lookUp('contact', () => (contactId === undefined ? undefined : unit.find(contacts, contactId))),
    lookUp('company', () =>
      companyId === undefined ? undefined : unit.find(companies, companyId),
    ),
    lookUp('owner', () => (ownerId === undefined ? undefined : unit.find(users, ownerId))),
    lookUp('org', () => unit.find(orgs, unit.orgId)),
  ]);
  return Object.assign({ event: eventFields(event) }, own, ...related);
}

function primaryCompanyOf(record: Fields): string | undefined {
  const memberships: unknown = record.memberships;
  if (!Array.isArray(memberships)) return undefined;
  const primary: unknown =
    memberships.find((membership) => Object(membership).isPrimary === true) ?? memberships[0];
  return textOf({ ...Object(primary) }, 'companyId');
}
