import { AppError } from '../../platform/errors.ts';
import { type CompositeIndex, compositeIndex } from '../../platform/indexes.ts';
import type { Order } from '../../platform/paging.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { isAllowed } from '../access/access.public.ts';
import { systemKeySchema } from '../stages/stages.schema.ts';
import type { ListDeals } from './deals.schema.ts';

/** What a list can be sorted by, and the range that can be asked of it then. */
const sorts = {
  updatedAt: { field: 'updatedAt', from: 'updatedSince', to: undefined },
  createdAt: { field: 'createdAt', from: undefined, to: undefined },
  value: { field: 'valueMinor', from: 'valueMinorMin', to: 'valueMinorMax' },
  expectedCloseDate: {
    field: 'expectedCloseDate',
    from: 'expectedCloseFrom',
    to: 'expectedCloseTo',
  },
} as const;
type Sort = keyof typeof sorts;
const sortNames = ['updatedAt', 'createdAt', 'value', 'expectedCloseDate'] as const;

/** The fields that lists of deals are narrowed by, as indexes write them. */
const indexedFilters = [
  'stageId',
  'stageKey',
  'ownerId',
  'teamId',
  'companyId',
  'currency',
  'contactIds contains',
  'tags contains',
  'participantIds contains',
] as const;

/**
 * The composite indexes that lists of deals need: one for each filter in each order, which
 * Firestore merges when several filters are given. The bin is in an order of its own.
 */
export const dealIndexes: readonly CompositeIndex[] = [
  ...sortNames
    .flatMap((sort) => [sorts[sort].field, `${sorts[sort].field} desc`])
    .flatMap((order) => [
      // Amounts are listed of one currency at a time.
      ...(order.startsWith(sorts.value.field) ? [] : [compositeIndex('deals', 'deletedAt', order)]),
      ...indexedFilters.map((filter) => compositeIndex('deals', 'deletedAt', filter, order)),
    ]),
  // The open ones, which the board listens to.
  compositeIndex('deals', 'deletedAt', 'stageKind', 'updatedAt desc'),
  // Listed from the latest on, counted from the first.
  ...['deletedAt', 'deletedAt desc'].flatMap((order) => [
    compositeIndex('deals', 'teamId', order),
    compositeIndex('deals', 'participantIds contains', order),
  ]),
];

type Operator = '==' | '>=' | '<=' | '>' | 'array-contains';

/** A query of deals as data: every filter must hold. */
export interface DealQuery {
  readonly filters: readonly (readonly [field: string, operator: Operator, value: unknown])[];
  readonly order: Order;
  /** True when the filters alone select nothing but what the caller may see. */
  readonly isVisible: boolean;
}

const LONG_AGO = new Date(0);

/**
 * The query that lists the deals asked for. Only combinations that Firestore serves from the
 * declared indexes are accepted; nothing is filtered afterwards.
 * @throws AppError invalid-argument: the filter that does not combine
 */
export function planDealQuery(caller: Principal, input: ListDeals): DealQuery {
  if (input.binned !== undefined) return planBinQuery(caller, input);
  const sort = sortOf(input);
  requireCurrency(input, sort);
  const isVisible = isWithinSight(caller, input);
  requireOneList(input, isVisible);
  return {
    filters: [['deletedAt', '==', null], ...equalities(input), ...rangeOf(input, sort)],
    order: { field: sorts[sort].field, direction: input.order ?? 'desc' },
    isVisible,
  };
}

function planBinQuery(caller: Principal, input: ListDeals): DealQuery {
  const { binned: _, limit: _limit, cursor: _cursor, page: _page, ...others } = input;
  const [other] = Object.entries(others).filter(([, value]) => value !== undefined);
  if (other !== undefined) {
    throw uncombinable(other[0], 'does not combine with binned; leave one of them out');
  }
  return {
    filters: [['deletedAt', '>', LONG_AGO]],
    order: { field: 'deletedAt', direction: 'desc' },
    isVisible: isWithinSight(caller, input),
  };
}

/** The sort asked for, or the one that the range asked for needs. */
function sortOf(input: ListDeals): Sort {
  const ranged = sortNames.flatMap((name) => {
    const { from, to } = sorts[name];
    const filter = [from, to].find((range) => range !== undefined && input[range] !== undefined);
    return filter === undefined ? [] : [{ name, filter }];
  });
  const sort = input.sort ?? ranged[0]?.name ?? 'updatedAt';
  const other = ranged.find(({ name }) => name !== sort);
  if (other === undefined) return sort;
  throw uncombinable(
    other.filter,
    `combines with sort=${other.name} and no other range; you asked for ${sort}`,
  );
}

/** Firestore asks one list of a document only; who may see a deal is a list too. */
function requireOneList({ tag, contactId }: ListDeals, isVisible: boolean): void {
  if (tag !== undefined && contactId !== undefined) {
    throw uncombinable('contactId', 'does not combine with tag; leave one of them out');
  }
  if (isVisible || (tag === undefined && contactId === undefined)) return;
  throw uncombinable(
    tag === undefined ? 'contactId' : 'tag',
    'combines with ownerId=<your own id> or the teamId of a team you manage; add one of them',
  );
}

function requireCurrency({ currency }: ListDeals, sort: Sort): void {
  if (sort !== 'value' || currency !== undefined) return;
  throw uncombinable(
    'currency',
    'amounts compare within one currency only; give the currency, such as USD',
  );
}

/** True when the policy lets the caller see every deal that the owner and team asked for can have. */
function isWithinSight(caller: Principal, { ownerId, teamId }: ListDeals): boolean {
  return isAllowed(caller, 'read', 'deal', {
    ownerId: ownerId ?? null,
    teamId: teamId ?? null,
    participantIds: ownerId === undefined ? [] : [ownerId],
  });
}

function equalities(input: ListDeals): DealQuery['filters'] {
  const { stage, ownerId, teamId, companyId, contactId, currency, tag } = input;
  const stageField = systemKeySchema.safeParse(stage).success ? 'stageKey' : 'stageId';
  const candidates = [
    [stageField, '==', stage],
    ['ownerId', '==', ownerId],
    ['teamId', '==', teamId],
    ['companyId', '==', companyId],
    ['currency', '==', currency],
    ['contactIds', 'array-contains', contactId],
    ['tags', 'array-contains', tag],
  ] as const;
  return candidates.filter(([, , value]) => value !== undefined);
}

function rangeOf(input: ListDeals, sort: Sort): DealQuery['filters'] {
  const { field, from, to } = sorts[sort];
  const min = from === undefined ? undefined : input[from];
  const max = to === undefined ? undefined : input[to];
  return [
    ...(min === undefined ? [] : ([[field, '>=', min]] as const)),
    ...(max === undefined ? [] : ([[field, '<=', max]] as const)),
  ];
}

function uncombinable(field: string, message: string): AppError {
  return new AppError('invalid-argument', `${field}: ${message}`, { field });
}
