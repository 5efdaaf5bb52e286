import type { TimelineItem } from '@splitline/functions/contracts';
import { describeItem } from '../../records/describe-item.ts';
import type { Pipeline } from '../usePipeline.ts';
import { currenciesAfter, describeEvent, type EventWords } from './describe-event.ts';

type EventItem = Extract<TimelineItem, { kind: 'event' }>;
type Fields = EventItem['event']['before'];

/** Fields that are days or moments, which are text on the wire. */
const dateFields = ['expectedCloseDate', 'closedAt', 'deletedAt'] as const;

/** What stands in the place of a name for changes that no person made. */
const actorNames: readonly (readonly [start: string, name: string])[] = [
  ['system:stripe', 'Stripe'],
  ['system:', 'Splitline'],
  ['workflow:', 'An automation'],
];

/** A deal's history (newest first) in sentences. `currency` is the deal's by now. */
export function describeItems(
  items: readonly TimelineItem[],
  currency: string,
  pipeline: Pick<Pipeline, 'people' | 'stages'>,
): readonly string[] {
  const words = wordsOf(pipeline);
  const events = items.filter((item) => item.kind === 'event').map(({ event }) => revive(event));
  const currencies = currenciesAfter(events, currency);
  const sentences = new Map(
    events.map((event, index) => [
      event.id,
      describeEvent(event, currencies[index] ?? currency, words),
    ]),
  );
  return items.map((item) =>
    item.kind === 'event'
      ? (sentences.get(item.event.id) ?? '')
      : describeItem(item, { noun: 'deal', personOf: words.personOf }),
  );
}

function revive(event: EventItem['event']): EventItem['event'] {
  return { ...event, before: withDates(event.before), after: withDates(event.after) };
}

function withDates(fields: Fields): Fields {
  const dates = dateFields.flatMap((field) => {
    const text = fields[field];
    return typeof text === 'string' ? [[field, new Date(text)] as const] : [];
  });
  return { ...fields, ...Object.fromEntries(dates) };
}

function wordsOf({ people, stages }: Pick<Pipeline, 'people' | 'stages'>): EventWords {
  return {
    personOf: (uid) =>
      people.get(uid)?.name ??
      actorNames.find(([start]) => uid.startsWith(start))?.[1] ??
      'Somebody',
    stageOf: (stageId) => stages.find((stage) => stage.id === stageId)?.name ?? 'a removed stage',
  };
}
