import type { TimelineItem } from '@splitline/functions/contracts';

/** The names behind the ids in a history. */
export interface ItemWords {
  /** What the record is: contact. */
  readonly noun: string;
  readonly personOf: (uid: string) => string;
}

type EventView = Extract<TimelineItem, { kind: 'event' }>['event'];
type Fields = Readonly<Record<string, unknown>>;

/** What tells an entry of a history from the others of its kind. */
export function idOf(item: TimelineItem): string {
  switch (item.kind) {
    case 'event':
      return item.event.id;
    case 'note':
      return item.note.id;
    case 'task':
      return item.task.id;
    case 'activity':
      return item.activity.id;
    case 'message':
      return item.message.id;
    case 'appointment':
      return item.appointment.id;
  }
}

/** One entry of a record's history in a sentence: who did what. */
export function describeItem(item: TimelineItem, words: ItemWords): string {
  const { personOf } = words;
  switch (item.kind) {
    case 'note':
      return `${personOf(item.note.authorId)} noted “${shorten(item.note.text)}”`;
    case 'task': {
      const { task } = item;
      const end = task.done ? ', which is done' : '';
      return `${personOf(task.createdBy)} planned “${task.title}”${end}.`;
    }
    case 'activity': {
      const { activity } = item;
      return `${personOf(activity.ownerId)} logged ${activityNames[activity.type]}: ${activity.subject}.`;
    }
    case 'message': {
      const { direction, channel, content } = item.message;
      const said = `“${shorten(content)}”`;
      const how = channelNames[channel];
      return direction === 'INBOUND' ? `Wrote ${how}: ${said}` : `Was sent ${how}: ${said}`;
    }
    case 'appointment': {
      const { appointment } = item;
      return `${personOf(appointment.ownerId)} has an appointment: ${appointment.title}.`;
    }
    case 'event':
      return describeEvent(item.event, words);
  }
}

const channelNames = { SMS: 'an SMS', WHATSAPP: 'on WhatsApp', EMAIL: 'an e-mail' } as const;

const activityNames = {
  call: 'a call',
  email: 'an e-mail',
  meeting: 'a meeting',
  other: 'something done',
} as const;

/** What is said about an event that is more than new values of fields. */
const deeds: Readonly<Record<string, (event: EventView, words: ItemWords) => string>> = {
  created: (_event, { noun }) => `created the ${noun}`,
  deleted: (_event, { noun }) => `deleted the ${noun}`,
  restored: (_event, { noun }) => `restored the ${noun}`,
  merged: (_event, { noun }) => `merged another ${noun} into it`,
  merged_into: (_event, { noun }) => `merged it into another ${noun}`,
  reassigned: ({ before, after }, { personOf }) =>
    `handed it from ${nameOf(before.ownerId, personOf)} to ${nameOf(after.ownerId, personOf)}`,
  tag_added: (event) => `added ${tagsOf(event.after, event.before)}`,
  tag_removed: (event) => `removed ${tagsOf(event.before, event.after)}`,
  company_linked: () => 'put the contact into a company',
  company_unlinked: () => 'took the contact out of a company',
  converted: () => 'converted the lead',
  status_changed: ({ before, after }) =>
    `changed the status from ${statusWord(before.status)} to ${statusWord(after.status)}`,
};

/** Fields that a deed speaks of, or that follow from others. */
const impliedFields = new Set([
  ...['ownerId', 'teamId', 'tags', 'deletedAt', 'mergedInto', 'mergedFrom', 'status'],
  ...['memberships', 'companyIds', 'convertedAt', 'convertedContactId', 'convertedCompanyId'],
  ...['convertedDealId', 'searchTokens', 'externalIds'],
]);

function describeEvent(event: EventView, words: ItemWords): string {
  const who = words.personOf(event.actor);
  const verbs = event.types.map((type) => type.slice(type.indexOf('.') + 1));
  const done = verbs.flatMap((verb) => deeds[verb]?.(event, words) ?? []);
  if (verbs.includes('created')) return `${who} ${done.join('')}.`;
  const phrases = [...done, ...changesOf(event)];
  if (phrases.length > 0) return `${who} ${join(phrases)}.`;
  return verbs.includes('updated')
    ? `${who} changed the ${words.noun}.`
    : `${who}: ${event.types.join(', ').replaceAll('_', ' ')}.`;
}

function changesOf({ before, after }: EventView): string[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => !impliedFields.has(field))
    .map((field) => {
      const name = fieldWord(field);
      const [was, is] = [before[field], after[field]];
      if (!isPlain(was) || !isPlain(is)) return `changed the ${name}`;
      return `changed the ${name} from ${quote(was)} to ${quote(is)}`;
    });
}

/** `otherEmails` as words: other emails. */
function fieldWord(field: string): string {
  return field.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
}

function isPlain(value: unknown): boolean {
  return value === null || value === undefined || ['string', 'number'].includes(typeof value);
}

function quote(value: unknown): string {
  return value === null || value === undefined || value === '' ? 'nothing' : `“${value}”`;
}

function tagsOf(more: Fields, less: Fields): string {
  const rest = new Set(listOf(less.tags));
  const tags = listOf(more.tags).filter((tag) => !rest.has(tag));
  return `${tags.length === 1 ? 'the tag' : 'the tags'} ${tags.map((tag) => `“${tag}”`).join(', ')}`;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(id: unknown, personOf: (uid: string) => string): string {
  return typeof id === 'string' ? personOf(id) : 'nobody';
}

function statusWord(status: unknown): string {
  return typeof status === 'string' && status !== ''
    ? status.charAt(0) + status.slice(1).toLowerCase()
    : 'none';
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= 120 ? text : `${characters.slice(0, 119).join('')}…`;
}

function join(phrases: readonly string[]): string {
  return phrases.length === 1
    ? phrases.join('')
    : `${phrases.slice(0, -1).join(', ')} and ${phrases.at(-1)}`;
}
