import { type Deal, dealSchema } from '@splitline/functions/contracts';
import {
  and,
  documentId,
  getDocs,
  limit,
  onSnapshot,
  orderBy,
  type Query,
  type QuerySnapshot,
  query,
  where,
} from 'firebase/firestore';
import {
  type BoardDeals,
  type Listed,
  MAX_CLOSED_DEALS,
  MAX_OPEN_DEALS,
  type Schema,
  type Sight,
  type Stored,
  type Subscribe,
} from '../port.ts';
import { toProblem } from '../problem.ts';
import { readDocument } from './converter.ts';
import { visibleTo } from './visibility.ts';

const isPresent = where('deletedAt', '==', null);
const LONG_AGO = new Date(0);
/** As many values as one `in` may have. */
const MAX_IDS = 30;

/**
 * The open deals and those closed last, told together: a deal that is won leaves one list and enters
 * the other, and would be in neither for a moment.
 */
export function watchBoard(deals: Query, sight: Sight): Subscribe<BoardDeals> {
  const visible = visibleTo(sight);
  const open = query(
    deals,
    and(isPresent, where('stageKind', '==', 'open'), ...visible),
    orderBy('updatedAt', 'desc'),
    // One more than is shown tells that there are more.
    limit(MAX_OPEN_DEALS + 1),
  );
  const closed = query(
    deals,
    and(isPresent, where('closedAt', '>', LONG_AGO), ...visible),
    orderBy('closedAt', 'desc'),
    limit(MAX_CLOSED_DEALS + 1),
  );
  return (onValue, onProblem) => {
    const lists: { open?: Listed<Deal>; closed?: Listed<Deal> } = {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      if (lists.open !== undefined && lists.closed !== undefined) {
        onValue(joined(lists.open, lists.closed));
      }
    };
    const hear = (name: keyof typeof lists) => (list: Listed<Deal>) => {
      lists[name] = list;
      // The SDK tells its listeners of one change one task after the other; this task is the next.
      timer ??= setTimeout(tell, 0);
    };
    const stops = [
      watchByChanges(open, dealSchema)(hear('open'), onProblem),
      watchByChanges(closed, dealSchema)(hear('closed'), onProblem),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  };
}

function joined(open: Listed<Deal>, closed: Listed<Deal>): BoardDeals {
  const records = new Map<string, Stored<Deal>>();
  const first = open.records.slice(0, MAX_OPEN_DEALS);
  for (const deal of [...first, ...closed.records.slice(0, MAX_CLOSED_DEALS)]) {
    const other = records.get(deal.id);
    if (other === undefined || other.version < deal.version) records.set(deal.id, deal);
  }
  return {
    records: [...records.values()],
    unreadable: open.unreadable + closed.unreadable,
    isOpenCut: open.records.length + open.unreadable > MAX_OPEN_DEALS,
    isClosedCut: closed.records.length + closed.unreadable > MAX_CLOSED_DEALS,
  };
}

/**
 * Listens to a long list: of each snapshot only what changed is read, and a record that did not keeps
 * its identity, so that what shows it is not drawn again.
 */
function watchByChanges<T extends object>(source: Query, schema: Schema<T>): Subscribe<Listed<T>> {
  return (onValue, onProblem) => {
    const read = new Map<string, Stored<T> | undefined>();
    const follow = (snapshot: QuerySnapshot) => {
      for (const { type, doc } of snapshot.docChanges()) {
        if (type === 'removed') read.delete(doc.id);
        else read.set(doc.id, readDocument(schema, doc));
      }
      // Out of reach of the server the SDK answers from an empty cache, which proves nothing.
      if (snapshot.metadata.fromCache && snapshot.empty) return;
      const records = snapshot.docs.flatMap(({ id }) => read.get(id) ?? []);
      onValue({ records, unreadable: snapshot.size - records.length });
    };
    // Also hear when the server confirms what the cache had: an empty result counts only then.
    return onSnapshot(source, { includeMetadataChanges: true }, follow, (error) =>
      onProblem(toProblem(error)),
    );
  };
}

/** The names of companies, which everybody in the organisation may see. */
export async function findCompanyNames(
  companies: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const parts = Array.from({ length: Math.ceil(ids.length / MAX_IDS) }, (_, part) =>
    ids.slice(part * MAX_IDS, (part + 1) * MAX_IDS),
  );
  const found = await Promise.all(
    parts.map((part) => getDocs(query(companies, where(documentId(), 'in', part)))),
  );
  const names = found
    .flatMap(({ docs }) => docs)
    .map((doc) => [doc.id, doc.get('name') as unknown] as const)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new Map(names);
}
