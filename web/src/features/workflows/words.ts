import type { Condition, Trigger } from '@splitline/functions/contracts';
import type { WorkflowStatus } from '../../data/workflows.ts';
import { formatMoney } from '../../ui/format.ts';
import type { StepType } from './draft.ts';
import { findField, type Kit, prefixOf, REPORTED } from './kit.ts';

interface StatusWords {
  readonly name: string;
  readonly tone: 'accent' | 'warning' | undefined;
}

export const statusWords: Readonly<Record<WorkflowStatus, StatusWords>> = {
  DRAFT: { name: 'Draft', tone: 'warning' },
  ACTIVE: { name: 'Active', tone: 'accent' },
  PAUSED: { name: 'Paused', tone: undefined },
  ARCHIVED: { name: 'Archived', tone: undefined },
};

export const stepNames: Readonly<Record<StepType, string>> = {
  CREATE_TASK: 'Create a task',
  NOTIFY: 'Notify people',
  SEND_EMAIL: 'Send an e-mail',
  SEND_SMS: 'Send a text message',
  SEND_WHATSAPP: 'Send a WhatsApp message',
  DRAFT_MESSAGE: 'Draft a message with AI',
  MOVE_STAGE: 'Move to a stage',
  UPDATE_FIELDS: 'Change fields',
  ADD_TAG: 'Add a tag',
  REMOVE_TAG: 'Remove a tag',
  ASSIGN: 'Assign',
  CREATE_NOTE: 'Write a note',
  CREATE_APPOINTMENT: 'Make an appointment',
  CREATE_DEAL: 'Create a deal',
  CALL_WEBHOOK: 'Call a webhook',
  WAIT: 'Wait',
  BRANCH: 'Branch',
  STOP: 'Stop here',
};

const namesByType = new Map<string, string>(Object.entries(stepNames));

/** What a step does, also of a kind that this page does not know. */
export function stepName(type: string): string {
  return namesByType.get(type) ?? type;
}

/** `deal.stage_changed` as `Deal stage changed`; `deal.*` as `Anything about a deal`. */
export function eventName(type: string): string {
  if (type === '*') return 'Anything at all';
  if (type.startsWith(REPORTED)) return `Reported event “${type.slice(REPORTED.length)}”`;
  const record = recordName(prefixOf(type)).toLowerCase();
  if (type.endsWith('.*')) return `Anything about ${article(record)}`;
  return capital(`${record} ${type.slice(type.indexOf('.') + 1).replaceAll(/[_.]/g, ' ')}`);
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `apiKey` as `API key`. */
export function recordName(type: string): string {
  if (type === 'apiKey') return 'API key';
  return capital(type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase());
}

/** The trigger as lists have it, `DEAL_WON,DEAL_LOST`, in words. */
export function contractTriggerName(trigger: string): string {
  const known = kindNames.get(trigger);
  if (known !== undefined) return known;
  const names = trigger.split(',').map((name) => name.toLowerCase().replaceAll('_', ' '));
  return capital(joined(names, 'or'));
}

const kindNames: ReadonlyMap<string, string> = new Map([
  ['SCHEDULE', 'On a schedule'],
  ['STALLED', 'A deal has not moved'],
  ['APPOINTMENT_SOON', 'Before an appointment'],
  ['MANUAL', 'By hand'],
  ['*', 'Anything at all'],
]);

export function joined(parts: readonly string[], word: string): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`;
}

const units = [
  ['week', 7 * 24 * 60],
  ['day', 24 * 60],
  ['hour', 60],
] as const;

/** `90` as `90 minutes`, `120` as `2 hours`. */
export function duration(minutes: number): string {
  const [unit, size] = units.find(([, each]) => minutes > 0 && minutes % each === 0) ?? [
    'minute',
    1,
  ];
  const count = minutes / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** When a schedule comes, for the kinds of schedule that people make. */
export function cronWords(cron: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.split(' ');
  const isAt = /^\d+$/.test(minute) && /^\d+$/.test(hour) && month === '*';
  if (!isAt) return `At the times of “${cron}”`;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekday === '*') return `Every day at ${time}`;
  if (day === '*' && weekday === '1-5') return `Monday to Friday at ${time}`;
  const named = day === '*' && /^[0-6]$/.test(weekday) ? weekdays[Number(weekday)] : undefined;
  if (named !== undefined) return `Every ${named} at ${time}`;
  if (/^\d+$/.test(day) && weekday === '*') return `On day ${day} of every month at ${time}`;
  return `At the times of “${cron}”`;
}

/** What starts a workflow, in words. */
export function triggerWords(trigger: Trigger, kit: Kit): string {
  switch (trigger.kind) {
    case 'event': {
      const { types, stageFrom, stageTo, field, tag } = trigger;
      const stages = (ids: readonly string[]) =>
        joined(
          ids.map((id) => stageName(kit, id)),
          'or',
        );
      const label = field === undefined ? '' : fieldLabel(kit, types.map(prefixOf), field);
      return [
        joined(types.map(eventName), 'or'),
        stageFrom === undefined ? '' : `from ${stages(stageFrom)}`,
        stageTo === undefined ? '' : `to ${stages(stageTo)}`,
        field === undefined ? '' : `with another ${label}`,
        tag === undefined ? '' : `“${tag}”`,
      ]
        .filter((part) => part !== '')
        .join(' ');
    }
    case 'schedule': {
      const zone = trigger.timeZone === undefined ? '' : ` (${trigger.timeZone})`;
      return `${cronWords(trigger.cron)}${zone}, for each ${trigger.recordType}`;
    }
    case 'stalled':
      return `A deal has not moved for ${duration(trigger.days * 24 * 60)}`;
    case 'appointment_soon':
      return `${capital(duration(trigger.minutesBefore))} before an appointment`;
    case 'manual':
      return `By hand, on ${article(trigger.recordType)}`;
  }
}

export function fieldLabel(kit: Kit, recordTypes: readonly string[], path: string): string {
  const label = findField(kit, recordTypes, path)?.label ?? path;
  return path.startsWith('before.') ? `${label} before` : label;
}

const STAGE_KEYS: ReadonlySet<string> = new Set([
  ...['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST'],
]);

/** A stage by its id or by its fixed key. */
export function stageName({ stages }: Kit, ref: string): string {
  const found = stages.find(({ id, systemKey }) => id === ref || systemKey === ref);
  if (found !== undefined) return found.name;
  return STAGE_KEYS.has(ref) ? ref : 'a stage that is gone';
}

export function personName({ people }: Kit, uid: string): string {
  return people.find(({ id }) => id === uid)?.name ?? 'somebody who left';
}

export function teamName({ teams }: Kit, id: string): string {
  return teams.find((team) => team.id === id)?.name ?? 'a team that is gone';
}

/** A condition as lines: a group has its parts below it. */
export interface ConditionWords {
  readonly text: string;
  readonly parts: readonly ConditionWords[];
}

export function conditionWords(
  condition: Condition,
  kit: Kit,
  recordTypes: readonly string[],
): ConditionWords {
  const all = (text: string, parts: readonly Condition[]): ConditionWords => {
    const [only] = parts;
    const isPlain = parts.length === 1 && only !== undefined && !text.includes('not');
    if (isPlain) return conditionWords(only, kit, recordTypes);
    return { text, parts: parts.map((part) => conditionWords(part, kit, recordTypes)) };
  };
  if ('all' in condition) return all('All of these', condition.all);
  if ('any' in condition) return all('Any of these', condition.any);
  if ('not' in condition) {
    const { not } = condition;
    if ('all' in not) return all('These are not all so', not.all);
    return all('These are not so', 'any' in not ? not.any : [not]);
  }
  const { field, operator, value } = condition;
  const known = findField(kit, recordTypes, field);
  const label = kit.catalogue.operators.find(({ name }) => name === operator)?.label ?? operator;
  const asked = valueWords(value, known?.type ?? 'text', kit);
  return { text: `${fieldLabel(kit, recordTypes, field)} ${filled(label, asked)}`, parts: [] };
}

/** Operators such as `is within the next … days` have a place for what they compare with. */
function filled(label: string, values: readonly string[]): string {
  if (label.includes('…')) {
    let at = -1;
    return label.replaceAll('…', () => {
      at += 1;
      return values[at] ?? '…';
    });
  }
  if (values.length === 0) return label;
  return `${label} ${label === 'is between' ? joined(values, 'and') : joined(values, 'or')}`;
}

export function moneyOf(
  value: unknown,
): { readonly amountMinor: number; readonly currency: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('amountMinor' in value) || !('currency' in value)) return undefined;
  const { amountMinor, currency } = value;
  return typeof amountMinor === 'number' && typeof currency === 'string'
    ? { amountMinor, currency }
    : undefined;
}

function valueWords(value: unknown, type: string, kit: Kit): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((part) => valueWords(part, type, kit));
  if (typeof value === 'object' && value !== null) {
    const money = moneyOf(value);
    if (money !== undefined) return [formatMoney(money.amountMinor, money.currency)];
    const ends = 'from' in value && 'to' in value ? [value.from, value.to] : [];
    return ends.flatMap((end) => valueWords(end, type, kit));
  }
  const text = String(value);
  switch (type) {
    case 'stage':
      return [stageName(kit, text)];
    case 'user':
      return [personName(kit, text)];
    case 'team':
      return [teamName(kit, text)];
    case 'checkbox':
      return [value === true ? 'yes' : 'no'];
    case 'text':
    case 'list':
      return [`“${text}”`];
    default:
      return [text];
  }
}
