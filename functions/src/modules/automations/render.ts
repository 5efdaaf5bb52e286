import { moneyText } from '../../platform/money-text.ts';
import type { Clock } from './automations.schema.ts';
import { moneyValueSchema } from './conditions.schema.ts';
import { fieldOf } from './field-values.ts';
import { parseTemplate } from './templates.ts';

const LOCALE = 'en-US';

/**
 * What merge fields are read from: the record under its kind (`deal`, `contact`, `company`, `lead`,
 * …), `owner`, `event`, `org`. What is not known is left out.
 */
export type TemplateScope = Readonly<Record<string, object | undefined>>;

export interface RenderOptions extends Pick<Clock, 'timeZone'> {
  /** `html` for the body of an e-mail: values are escaped, the template is not. */
  readonly escape?: 'html';
}

/**
 * A template with its merge fields filled in. What there is no value for is empty. Values go in as
 * they are, in one pass: one that looks like a merge field is text.
 */
export function render(template: string, scope: TemplateScope, options: RenderOptions): string {
  return parseTemplate(template)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      const text = textOf(mergeValueAt(scope, part.path), options);
      return options.escape === 'html' ? escapeHtml(text) : text;
    })
    .join('');
}

/** What is put together of several fields for people. */
const derived: Readonly<Record<string, (scope: TemplateScope) => unknown>> = {
  'contact.name': ({ contact }) => joined(contact, ['firstName', 'lastName']),
  'lead.name': ({ lead }) => fieldOf(lead, ['contactName']) ?? fieldOf(lead, ['businessName']),
  'deal.value': ({ deal }) => fieldOf(deal, ['valueMinor']),
};

function mergeValueAt(scope: TemplateScope, path: string): unknown {
  return derived[path]?.(scope) ?? fieldOf(scope, path.split('.'));
}

function joined(record: object | undefined, names: readonly string[]): string {
  return names
    .map((name) => fieldOf(record, [name]))
    .filter((part) => typeof part === 'string')
    .join(' ');
}

function textOf(value: unknown, options: RenderOptions): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value instanceof Date) return instantText(value, options);
  if (Array.isArray(value)) return value.map((item) => textOf(item, options)).join(', ');
  const money = moneyValueSchema.safeParse(value);
  return money.success ? moneyText(money.data.amountMinor, money.data.currency, LOCALE) : '';
}

function instantText(instant: Date, { timeZone }: RenderOptions): string {
  return new Intl.DateTimeFormat(LOCALE, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(instant);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
