import { z } from 'zod';
import { moneyText } from '../../platform/money-text.ts';
import type { EventContent } from '../events/events.schema.ts';
import { isImportedId } from '../imports/imports.public.ts';
import type { Alert, NotificationKind } from './notifications.schema.ts';

/** An event that may be one to tell of, with its record after it as far as that is known. */
export interface Telling {
  readonly eventId: string;
  readonly event: EventContent;
  readonly after: object | undefined;
}

/** A note is told of by its beginning. */
const MAX_NOTE = 500;

type Content = Pick<Alert, 'kind' | 'title' | 'body'>;
type Recipients = Pick<Alert, 'uids' | 'managersOf' | 'admins'>;
/** What is told of, where that is another record than the one that changed. */
type About = Pick<Alert, 'recordType' | 'recordId'>;
/** What is told of an event and whom; undefined when nobody is. */
type Rule = (telling: Telling) => (Content & Partial<Recipients & About>) | undefined;

/** The alert of each type of event. What a type is not in here for alerts nobody. */
const rules: Readonly<Record<string, Rule>> = {
  'deal.created': dealAssigned,
  'deal.reassigned': dealAssigned,
  'deal.won': ({ event, after }) => ({
    ...content('deal_won', `“${titleOf(after)}” is won`, amountOf(after, 'valueMinor')),
    managersOf: event.teamId,
  }),
  'task.created': taskAssigned,
  'task.reassigned': taskAssigned,
  'note.created': mentioned,
  'dispute.opened': ({ event, after }) => ({
    ...content('dispute_opened', 'A dispute was opened', disputeText(after)),
    managersOf: event.teamId,
    admins: event.teamId === null,
  }),
  'dispute.rejected': disputeResolved('Your dispute was rejected'),
  'dispute.upheld': disputeResolved('Your dispute was upheld'),
  'dispute.restated': disputeResolved('Your dispute was settled by restating the deal'),
  'payout.failed': ({ event, after }) => ({
    ...content('payout_failed', 'A payout has failed', payoutText(after)),
    ...{ uids: ownerOf(event), admins: true },
  }),
  'message.received': ({ event, after }) => ({
    ...content('message_received', 'A message has come in', textOf(after, 'content')),
    uids: ownerOf(event),
  }),
  'user.deactivated': memberLeft,
  'subscription.disabled': ({ after }) => ({
    ...content(
      'webhook_disabled',
      'A webhook endpoint was disabled',
      `${textOf(after, 'url')} has failed for too long, or asked not to be called any more. Put it right, then resume the subscription.`,
    ),
    admins: true,
  }),
};

/**
 * The alerts of an event, to be handed out later. Whoever made the event happen is told nothing, and
 * an event that concerns nobody else has none. Pure.
 */
export function alertsOf(telling: Telling): Omit<Alert, 'nextSendAt' | 'attempts'>[] {
  const { eventId, event } = telling;
  // What an import brings along, wins of years ago among it, is told by its job.
  if (event.version === 1 && isImportedId(event.recordId)) return [];
  return event.types.flatMap((type) => {
    const told = Object.hasOwn(rules, type) ? rules[type]?.(telling) : undefined;
    if (told === undefined) return [];
    const { uids = [], managersOf = null, admins = false, ...what } = told;
    const others = uids.filter((uid) => uid !== event.actor);
    if (others.length === 0 && managersOf === null && !admins) return [];
    const { recordType, recordId, at } = event;
    return [
      {
        ...{ recordType, recordId, eventId, at },
        ...what,
        ...{ uids: others, managersOf, admins, except: event.actor },
      },
    ];
  });
}

function content(kind: NotificationKind, title: string, body: string): Content {
  return { kind, title, body };
}

function dealAssigned({ event, after }: Telling) {
  const title = `“${titleOf(after)}” was assigned to you`;
  return {
    ...content('deal_assigned', title, amountOf(after, 'valueMinor')),
    uids: ownerOf(event),
  };
}

function taskAssigned({ event, after }: Telling) {
  const title = `The task “${titleOf(after)}” was assigned to you`;
  return { ...content('task_assigned', title, dueText(after)), uids: ownerOf(event) };
}

/** Of one who was shown out, administrators know. */
function memberLeft({ event, after }: Telling) {
  if (event.actor !== event.recordId) return undefined;
  const body =
    'Their open records stay with them until you hand them over, under Settings, Users and teams.';
  return { ...content('member_left', `${textOf(after, 'name')} has left`, body), admins: true };
}

const notedSchema = z.object({
  ...{ recordType: z.string(), recordId: z.string(), mentions: z.array(z.string()) },
});

/** People are told of what the note is about, which is where they find it. */
function mentioned({ after }: Telling) {
  const {
    recordType = null,
    recordId = null,
    mentions = [],
  } = notedSchema.safeParse(after).data ?? {};
  const title = `You were mentioned in a note about a ${recordType ?? 'record'}`;
  const told = content('mentioned', title, textOf(after, 'text').slice(0, MAX_NOTE));
  return { ...told, recordType, recordId, uids: mentions };
}

function disputeResolved(title: string): Rule {
  return ({ event, after }) => ({
    ...content('dispute_resolved', title, textOf(after, 'resolution')),
    uids: ownerOf(event),
  });
}

function ownerOf({ ownerId }: EventContent): string[] {
  return ownerId === null ? [] : [ownerId];
}

function fieldOf(record: object | undefined, field: string): unknown {
  return Object.entries(record ?? {}).find(([key]) => key === field)?.[1];
}

function textOf(record: object | undefined, field: string): string {
  const value = fieldOf(record, field);
  return typeof value === 'string' ? value : '';
}

function titleOf(record: object | undefined): string {
  return textOf(record, 'title') || 'Untitled';
}

const amountSchema = z.object({ minor: z.int(), currency: z.string().length(3) });

function amountOf(record: object | undefined, field: string): string {
  const found = amountSchema.safeParse({
    ...{ minor: fieldOf(record, field), currency: fieldOf(record, 'currency') },
  });
  return found.success ? moneyText(found.data.minor, found.data.currency, 'en') : '';
}

function disputeText(record: object | undefined): string {
  const amount = amountOf(record, 'contestedMinor');
  const reason = textOf(record, 'reason');
  return [amount && `Contested: ${amount}`, reason].filter((line) => line !== '').join('\n');
}

function payoutText(record: object | undefined): string {
  return [amountOf(record, 'amountMinor'), textOf(record, 'failure')]
    .filter((line) => line !== '')
    .join('\n');
}

function dueText(record: object | undefined): string {
  const dueAt = fieldOf(record, 'dueAt');
  return dueAt instanceof Date
    ? `Due ${dueAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : '';
}
