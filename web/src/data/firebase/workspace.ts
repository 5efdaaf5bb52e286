import {
  type Deal,
  type DealState,
  type Dispute,
  dealSchema,
  disputeSchema,
  type Event,
  eventSchema,
  ledgerEntrySchema,
  notificationSchema,
  orgSchema,
  splitSchema,
  stageSchema,
  type User,
  userSchema,
} from '@splitline/functions/contracts';
import {
  and,
  collection,
  connectFirestoreEmulator,
  type DocumentReference,
  type DocumentSnapshot,
  doc,
  type Firestore,
  getFirestore,
  increment,
  limit,
  onSnapshot,
  orderBy,
  type Query,
  query,
  serverTimestamp,
  updateDoc,
  where,
} from 'firebase/firestore';
import {
  connectFunctionsEmulator,
  type Functions,
  getFunctions,
  httpsCallable,
} from 'firebase/functions';
import { z } from 'zod';
import {
  type Listed,
  MAX_LISTED_DEALS,
  MAX_LISTED_DISPUTES,
  MAX_LISTED_ENTRIES,
  MAX_LISTED_UNREAD,
  type OrgSummary,
  type QuickDeal,
  type Schema,
  type Sight,
  type Stored,
  type Subscribe,
  type WorkspaceData,
} from '../port.ts';
import { toProblem } from '../problem.ts';
import { share } from '../share.ts';
import type { Backend } from './app.ts';
import { findCompanyNames, watchBoard } from './board.ts';
import { readDocument, readList } from './converter.ts';
import { openPassword } from './password.ts';
import { openRest } from './rest.ts';
import { ownedOrManaged, visibleTo } from './visibility.ts';

const REGION = 'us-central1';
const MAX_LISTED_USERS = 500;
const MAX_LISTED_STAGES = 100;
/** A deal has at most 50 splits, and as many overrides. */
const MAX_LISTED_SPLITS = 100;

/** Deleted records stay stored, marked with the time. */
const isPresent = where('deletedAt', '==', null);

/** Opens the product for one person of one organisation. */
export function openWorkspace(backend: Backend, orgId: string, uid: string): WorkspaceData {
  const { firestore, functions } = connectServices(backend);
  const inOrg = (name: string) => collection(firestore, 'orgs', orgId, name);
  const dealRef = (dealId: string) => doc(inOrg('deals'), dealId);
  return {
    watchMember: watchDocument(doc(inOrg('users'), uid), (found) =>
      readDocument(userSchema, found),
    ),
    watchOrg: watchDocument(doc(firestore, 'orgs', orgId), readOrg),
    watchUsers: share(watchList(query(inOrg('users'), limit(MAX_LISTED_USERS)), userSchema)),
    watchStages: share(
      watchList(
        query(inOrg('stages'), isPresent, orderBy('sortOrder'), limit(MAX_LISTED_STAGES)),
        stageSchema,
      ),
    ),
    watchDeals: (member) => watchList(dealsQuery(inOrg('deals'), member), dealSchema),
    watchBoard: sharedBySight((sight) => watchBoard(inOrg('deals'), sight)),
    findCompanyNames: (ids) => findCompanyNames(inOrg('companies'), ids),
    watchDeal: (dealId) =>
      watchDocument<Stored<Deal>>(dealRef(dealId), (found) => readDocument(dealSchema, found)),
    watchLatestEvent: (member, recordId): Subscribe<Listed<Event>> =>
      watchList(latestEventQuery(inOrg('events'), member, recordId), eventSchema),
    watchDealSplits: (member, dealId) =>
      watchList(ofDealQuery(inOrg('splits'), member, dealId, MAX_LISTED_SPLITS), splitSchema),
    watchDealEntries: (member, dealId) =>
      watchList(
        ofDealQuery(inOrg('ledger'), member, dealId, MAX_LISTED_ENTRIES),
        ledgerEntrySchema,
      ),
    watchOwnEntries: watchList(
      query(
        inOrg('ledger'),
        where('ownerId', '==', uid),
        orderBy('postedAt', 'desc'),
        limit(MAX_LISTED_ENTRIES),
      ),
      ledgerEntrySchema,
    ),
    watchOwnDisputes: watchList(
      query(
        inOrg('disputes'),
        where('ownerId', '==', uid),
        orderBy('createdAt', 'desc'),
        limit(MAX_LISTED_DISPUTES),
      ),
      disputeSchema,
    ),
    watchDisputes: (member, status) =>
      watchList(disputesQuery(inOrg('disputes'), member, status), disputeSchema),
    watchUnread: watchList(unreadQuery(inOrg('notifications'), uid), notificationSchema),
    watchJob: <T extends object>(jobId: string, schema: Schema<T>) =>
      watchDocument<Stored<T>>(doc(inOrg('jobs'), jobId), (found) => readDocument(schema, found)),
    watchConversations: <T extends object>(member: Stored<User>, schema: Schema<T>, most: number) =>
      watchList(conversationsQuery(inOrg('conversations'), member, most), schema),
    watchMessage: <T extends object>(id: string, schema: Schema<T>) =>
      watchDocument<Stored<T>>(doc(inOrg('messages'), id), (found) => readDocument(schema, found)),
    rest: openRest(backend),
    password: openPassword(backend),
    createDeal: (deal) => callCreateDeal(functions, deal),
    moveDeal: (dealId, stageId) =>
      call<{ dealId: string; stage: string }>(functions, 'moveDealStage', {
        dealId,
        stage: stageId,
      }),
    renameDeal: (dealId, title) => rename(dealRef(dealId), title, uid),
  };
}

/** Whoever may see the same shares one listener, as long as nobody asks who may see otherwise. */
function sharedBySight<T>(watch: (sight: Sight) => Subscribe<T>): (sight: Sight) => Subscribe<T> {
  let last: { readonly key: string; readonly subscribe: Subscribe<T> } | undefined;
  return (sight) => {
    const key = JSON.stringify([sight.id, sight.role, sight.managedTeamIds]);
    if (last?.key !== key) last = { key, subscribe: share(watch(sight)) };
    return last.subscribe;
  };
}

let connected: { firestore: Firestore; functions: Functions } | undefined;

/** Once per page: the SDK refuses to point a client that is in use at an emulator again. */
function connectServices({ app, emulators }: Backend) {
  if (connected !== undefined) return connected;
  const firestore = getFirestore(app);
  const functions = getFunctions(app, REGION);
  if (emulators !== undefined) {
    connectFirestoreEmulator(firestore, emulators.firestore.host, emulators.firestore.port);
    connectFunctionsEmulator(functions, emulators.functions.host, emulators.functions.port);
  }
  connected = { firestore, functions };
  return connected;
}

function dealsQuery(deals: Query, member: Stored<User>): Query {
  return query(
    deals,
    and(isPresent, ...visibleTo(member)),
    orderBy('updatedAt', 'desc'),
    limit(MAX_LISTED_DEALS),
  );
}

function latestEventQuery(events: Query, member: Stored<User>, recordId: string): Query {
  return query(
    events,
    and(where('recordId', '==', recordId), ...visibleTo(member)),
    orderBy('version', 'desc'),
    limit(1),
  );
}

/** Records of what people earn on one deal. */
function ofDealQuery(records: Query, member: Stored<User>, dealId: string, most: number): Query {
  return query(records, and(where('dealId', '==', dealId), ...ownedOrManaged(member)), limit(most));
}

function disputesQuery(disputes: Query, member: Stored<User>, status: Dispute['status']): Query {
  return query(
    disputes,
    and(where('status', '==', status), ...ownedOrManaged(member)),
    orderBy('createdAt', 'desc'),
    limit(MAX_LISTED_DISPUTES),
  );
}

function conversationsQuery(conversations: Query, member: Stored<User>, most: number): Query {
  return query(
    conversations,
    and(isPresent, ...ownedOrManaged(member)),
    orderBy('lastMessageAt', 'desc'),
    limit(most),
  );
}

/** What the person was told and has not read. */
function unreadQuery(notifications: Query, uid: string): Query {
  return query(
    notifications,
    where('ownerId', '==', uid),
    where('readAt', '==', null),
    orderBy('at', 'desc'),
    limit(MAX_LISTED_UNREAD),
  );
}

/** Also hear when the server confirms what the cache had: an empty result counts only then. */
const confirmed = { includeMetadataChanges: true };

function watchList<T extends object>(source: Query, schema: Schema<T>): Subscribe<Listed<T>> {
  return (onValue, onProblem) =>
    onSnapshot(
      source,
      confirmed,
      (snapshot) => {
        // Out of reach of the server the SDK answers from an empty cache, which proves nothing.
        if (snapshot.metadata.fromCache && snapshot.empty) return;
        onValue(readList(schema, snapshot));
      },
      (error) => onProblem(toProblem(error)),
    );
}

function watchDocument<T>(
  source: DocumentReference,
  read: (snapshot: DocumentSnapshot) => T | undefined,
): Subscribe<T | undefined> {
  return (onValue, onProblem) =>
    onSnapshot(
      source,
      confirmed,
      (snapshot) => {
        if (snapshot.metadata.fromCache && !snapshot.exists()) return;
        onValue(read(snapshot));
      },
      (error) => onProblem(toProblem(error)),
    );
}

/** Only what is shown. Any time zone will do: browsers do not all know the same names of them. */
const orgSummarySchema = orgSchema
  .pick({ name: true, currency: true })
  .extend({ timeZone: z.string() })
  .strip();

function readOrg(snapshot: DocumentSnapshot): OrgSummary | undefined {
  return orgSummarySchema.safeParse(snapshot.data()).data;
}

function callCreateDeal(
  functions: Functions,
  { title, amountMajor, expectedCloseDate }: QuickDeal,
): Promise<DealState> {
  return call(functions, 'createDeal', {
    title,
    value: { amountMajor },
    ...(expectedCloseDate === undefined ? {} : { expectedCloseDate }),
  });
}

/** Calls a command; its answer was checked against its schema by the server. */
async function call<Input>(functions: Functions, name: string, input: Input): Promise<DealState> {
  const { data } = await httpsCallable<Input, DealState>(functions, name)(input);
  return data;
}

/** A direct write: firestore.rules checks the bookkeeping that comes with it. */
function rename(ref: DocumentReference, title: string, uid: string): Promise<void> {
  return updateDoc(ref, {
    title,
    version: increment(1),
    updatedAt: serverTimestamp(),
    updatedBy: uid,
    cause: null,
  });
}
