import type { Step } from '@splitline/functions/contracts';
import { formatMoney } from '../../ui/format.ts';
import type { Kit } from './kit.ts';
import {
  capital,
  duration,
  eventName,
  fieldLabel,
  joined,
  moneyOf,
  personName,
  stageName,
  teamName,
} from './words.ts';

type OfType<T extends Step['type']> = Extract<Step, { readonly type: T }>['config'];

const quoted = (text: string) => `“${text}”`;

/** What a step does with its settings, in a few words; empty for those that say it by their name. */
export function stepSummary(step: Step, kit: Kit, recordTypes: readonly string[]): string {
  switch (step.type) {
    case 'SEND_SMS':
    case 'SEND_WHATSAPP':
      return quoted(step.config.message);
    case 'SEND_EMAIL':
      return `To ${recipient(step.config.to)}: ${quoted(step.config.subject)}`;
    case 'ADD_TAG':
    case 'REMOVE_TAG':
      return quoted(step.config.tag);
    case 'UPDATE_FIELDS':
      return fieldsSummary(step.config, kit, recordTypes);
    case 'MOVE_STAGE':
      return stageName(kit, step.config.stage);
    case 'ASSIGN':
      return assignSummary(step.config, kit);
    case 'CREATE_TASK': {
      const { title, dueInMinutes, assignee } = step.config;
      const due = dueInMinutes === undefined ? '' : `, due in ${duration(dueInMinutes)}`;
      return `${quoted(title)} for ${assigneeName(assignee, kit)}${due}`;
    }
    case 'CREATE_NOTE':
      return quoted(step.config.text);
    case 'CREATE_APPOINTMENT':
      return `${quoted(step.config.title)} in ${duration(step.config.startsInMinutes)}`;
    case 'CREATE_DEAL': {
      const { title, value } = step.config;
      return `${quoted(title)} of ${formatMoney(value.amountMinor, value.currency)}`;
    }
    case 'NOTIFY':
      return `${notified(step.config, kit)}: ${quoted(step.config.title)}`;
    case 'CALL_WEBHOOK':
      return step.config.url;
    case 'DRAFT_MESSAGE':
      return quoted(step.config.context);
    case 'WAIT':
      return waitSummary(step.config, kit, recordTypes);
    case 'BRANCH':
    case 'STOP':
      return '';
  }
}

function recipient(to: string): string {
  return to === 'contact' || to === 'owner' ? `the ${to}` : to;
}

function assigneeName(assignee: string, kit: Kit): string {
  return assignee === 'owner' ? 'the owner' : personName(kit, assignee);
}

function fieldsSummary(
  { fields }: OfType<'UPDATE_FIELDS'>,
  kit: Kit,
  recordTypes: readonly string[],
): string {
  const sets = Object.entries(fields).map(([name, value]) => {
    const money = moneyOf(value);
    const shown =
      money === undefined ? plain(value) : formatMoney(money.amountMinor, money.currency);
    // A deal's value is set as a whole and compared by its amount.
    const label = fieldLabel(kit, recordTypes, name === 'value' ? 'valueMinor' : name);
    return `${label} to ${shown}`;
  });
  return joined(sets, 'and');
}

function plain(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? quoted(value) : String(value);
}

function assignSummary(config: OfType<'ASSIGN'>, kit: Kit): string {
  if (config.strategy === 'fixed') return `To ${personName(kit, config.uid)}`;
  const { strategy, uids = [], teamId } = config;
  const who =
    teamId === undefined
      ? joined(
          uids.map((uid) => personName(kit, uid)),
          'and',
        )
      : `the team ${teamName(kit, teamId)}`;
  return strategy === 'roundRobin' ? `In turn to ${who}` : `To who has least of ${who}`;
}

const roleWords = { admin: 'administrators', manager: 'managers', rep: 'sales reps' } as const;

function notified({ uids = [], roles = [], owner }: OfType<'NOTIFY'>, kit: Kit): string {
  const who = [
    ...(owner === true ? ['the owner'] : []),
    ...roles.map((role) => roleWords[role]),
    ...uids.map((uid) => personName(kit, uid)),
  ];
  return capital(joined(who, 'and'));
}

function waitSummary(config: OfType<'WAIT'>, kit: Kit, recordTypes: readonly string[]): string {
  const { minutes, untilField, offsetMinutes = 0, untilEvent, timeoutMinutes } = config;
  if (minutes !== undefined) return `For ${duration(minutes)}`;
  if (untilField !== undefined) {
    const label = fieldLabel(kit, recordTypes, untilField);
    if (offsetMinutes === 0) return `Until ${label}`;
    const side = offsetMinutes < 0 ? 'before' : 'after';
    return `Until ${duration(Math.abs(offsetMinutes))} ${side} ${label}`;
  }
  const events = joined((untilEvent ?? []).map(eventName), 'or');
  return `Until ${events}, at most ${duration(timeoutMinutes ?? 0)}`;
}
