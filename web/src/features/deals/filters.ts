import {
  type Deal,
  type DealFilters,
  type DealSorting,
  dealFiltersSchema,
  dealSortingSchema,
  OWN_DEALS,
} from '@splitline/functions/contracts';
import type { Schema, Stored } from '../../data/port.ts';

export type Layout = 'board' | 'table';

/** How the pipeline is looked at: all of it stands in the address. */
export interface PipelineView {
  readonly layout: Layout;
  readonly filters: DealFilters;
  /** How the table is sorted; undefined for the latest change first. */
  readonly sorting: DealSorting | undefined;
  /** The saved view that the person began with. */
  readonly savedId: string | undefined;
}

/** The names of the filters in the address. */
const params = {
  ownerId: 'owner',
  teamId: 'team',
  tag: 'tag',
  currency: 'currency',
  minMinor: 'min',
  maxMinor: 'max',
  closeFrom: 'from',
  closeTo: 'to',
  text: 'q',
} as const satisfies Record<keyof DealFilters, string>;

const { shape } = dealFiltersSchema;

/** Reads the address; what it cannot have meant is left out. */
export function readView(address: URLSearchParams): PipelineView {
  const text = (name: keyof DealFilters) => address.get(params[name]) ?? undefined;
  const number = (name: keyof DealFilters) => {
    const given = text(name);
    return given ? Number(given) : undefined;
  };
  const currency = valid(shape.currency, text('currency'));
  const given: DealFilters = {
    ownerId: valid(shape.ownerId, text('ownerId')),
    teamId: valid(shape.teamId, text('teamId')),
    tag: valid(shape.tag, text('tag')),
    currency,
    // Amounts say nothing without their currency.
    minMinor: currency === undefined ? undefined : valid(shape.minMinor, number('minMinor')),
    maxMinor: currency === undefined ? undefined : valid(shape.maxMinor, number('maxMinor')),
    closeFrom: valid(shape.closeFrom, text('closeFrom')),
    closeTo: valid(shape.closeTo, text('closeTo')),
    text: valid(shape.text, text('text')),
  };
  return {
    layout: address.get('view') === 'table' ? 'table' : 'board',
    filters: withoutEmpty(given),
    sorting: readSorting(address.get('sort') ?? ''),
    savedId: address.get('saved') ?? undefined,
  };
}

/** The address of a view, as `?…`, or nothing for the whole board. */
export function writeView({ layout, filters, sorting, savedId }: PipelineView): string {
  const address = new URLSearchParams();
  if (layout === 'table') address.set('view', layout);
  for (const [name, param] of Object.entries(params)) {
    const value = new Map(Object.entries(filters)).get(name);
    if (value !== undefined) address.set(param, String(value));
  }
  if (sorting !== undefined) {
    address.set('sort', `${sorting.order === 'desc' ? '-' : ''}${sorting.field}`);
  }
  if (savedId !== undefined) address.set('saved', savedId);
  const text = address.toString();
  return text === '' ? '' : `?${text}`;
}

function valid<T>(schema: Schema<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function readSorting(text: string): DealSorting | undefined {
  const isDown = text.startsWith('-');
  return valid(dealSortingSchema, {
    field: isDown ? text.slice(1) : text,
    order: isDown ? 'desc' : 'asc',
  });
}

/** The filters that are set: an empty one is none. */
function withoutEmpty(filters: DealFilters): DealFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

/** How many filters narrow the pipeline: a range is one, and so is what is typed into the search. */
export function countFilters(filters: DealFilters): number {
  const { ownerId, teamId, tag, currency, closeFrom, closeTo, text } = filters;
  const set = [ownerId, teamId, tag, currency, closeFrom ?? closeTo, text];
  return set.filter((value) => value !== undefined).length;
}

interface Looking {
  readonly ownId: string;
  readonly nameOf: (uid: string) => string | undefined;
}

/** The deals that all filters let through; the same list when there are none. */
export function filterDeals(
  deals: readonly Stored<Deal>[],
  filters: DealFilters,
  { ownId, nameOf }: Looking,
): readonly Stored<Deal>[] {
  if (countFilters(filters) === 0) return deals;
  const ownerId = filters.ownerId === OWN_DEALS ? ownId : filters.ownerId;
  const words = folded(filters.text ?? '').split(/\s+/);
  return deals.filter(
    (deal) =>
      (ownerId === undefined || deal.ownerId === ownerId) &&
      (filters.teamId === undefined || deal.teamId === filters.teamId) &&
      (filters.tag === undefined || deal.tags.includes(filters.tag)) &&
      isInRange(deal, filters) &&
      isDue(deal, filters) &&
      (filters.text === undefined || hasWords(deal, words, nameOf(deal.ownerId) ?? '')),
  );
}

function isInRange(deal: Deal, { currency, minMinor, maxMinor }: DealFilters): boolean {
  return (
    (currency === undefined || deal.currency === currency) &&
    (minMinor === undefined || deal.valueMinor >= minMinor) &&
    (maxMinor === undefined || deal.valueMinor <= maxMinor)
  );
}

function isDue({ expectedCloseDate }: Deal, { closeFrom, closeTo }: DealFilters): boolean {
  if (closeFrom === undefined && closeTo === undefined) return true;
  if (expectedCloseDate === null) return false;
  const day = expectedCloseDate.toISOString().slice(0, 10);
  return (closeFrom === undefined || day >= closeFrom) && (closeTo === undefined || day <= closeTo);
}

function hasWords(deal: Deal, words: readonly string[], owner: string): boolean {
  const people = deal.contacts.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
  const all = folded([deal.title, owner, ...deal.tags, ...people].join('\n'));
  return words.every((word) => all.includes(word));
}

/** Without case and accents, as people search. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
