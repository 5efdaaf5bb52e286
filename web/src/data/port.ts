import type {
  Deal,
  DealState,
  Dispute,
  Event,
  LedgerEntry,
  Notification,
  Org,
  Split,
  Stage,
  User,
} from '@splitline/functions/contracts';
import type { Problem } from './problem.ts';

/** A document together with its id. */
export type Stored<T> = T & { readonly id: string };

/** The documents a listener holds; `unreadable` counts those that break their schema. */
export interface Listed<T> {
  readonly records: readonly Stored<T>[];
  readonly unreadable: number;
}

/** The part of a zod schema that reading needs. */
export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

export type Query = Readonly<Record<string, string | undefined>>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The REST door, `/api/…`, as the person who is signed in. Rejects with a Problem's cause. */
export interface Rest {
  get<T>(path: string, schema: Schema<T>, query?: Query): Promise<T>;
  /**
   * Carries out a command. A FormData is sent as a form, with its file; all else as JSON. A command
   * that is sent again under the same key is carried out once.
   */
  send(method: Exclude<Method, 'GET'>, path: string, body?: object, key?: string): Promise<unknown>;
  /** Fetches a file or page that the address alone would not open: it needs the token. */
  open(path: string, query?: Query): Promise<Blob>;
}

export type Stop = () => void;

/** Starts a listener; it ends with the first problem, or when the returned function is called. */
export type Subscribe<T> = (
  onValue: (value: T) => void,
  onProblem: (problem: Problem) => void,
) => Stop;

/** What decides which records a member may see. */
export type Sight = Readonly<Pick<Stored<User>, 'id' | 'role' | 'managedTeamIds'>>;

/** What of the organisation the page shows. */
export type OrgSummary = Readonly<Pick<Org, 'name' | 'currency' | 'timeZone'>>;

export interface QuickDeal {
  readonly title: string;
  readonly amountMajor: number;
  /** A calendar day, `2026-02-01`. */
  readonly expectedCloseDate: string | undefined;
}

/** More deals than this are not listened to; the page says so. */
export const MAX_LISTED_DEALS = 200;

/** The same for the open deals of the board, and for the ones beside them that were closed last. */
export const MAX_OPEN_DEALS = 2_000;
export const MAX_CLOSED_DEALS = 200;

/** The deals of the board; a cut list lacks those that changed, or were closed, longest ago. */
export interface BoardDeals extends Listed<Deal> {
  readonly isOpenCut: boolean;
  readonly isClosedCut: boolean;
}

/** More postings than this are not listened to; the statement has all of them. */
export const MAX_LISTED_ENTRIES = 100;

/** More disputes than this are not listened to; the page says so. */
export const MAX_LISTED_DISPUTES = 50;

/** More unread notifications than this are not counted; the number then ends with a plus. */
export const MAX_LISTED_UNREAD = 100;

/** The password of whoever is signed in. */
export interface PasswordPort {
  /** False for an account that signs in by Google alone. */
  readonly isSet: boolean;
  /** Changes it, after proof that the caller knows the present one. Answers the problem when it fails. */
  change(current: string, next: string): Promise<Problem | undefined>;
}

/** The web client's whole view of the product, for one signed-in person. Commands reject with a Problem's cause. */
export interface WorkspaceData {
  /** The caller's membership, live: undefined when there is none. */
  readonly watchMember: Subscribe<Stored<User> | undefined>;
  readonly watchOrg: Subscribe<OrgSummary | undefined>;
  readonly watchUsers: Subscribe<Listed<User>>;
  readonly watchStages: Subscribe<Listed<Stage>>;
  /** The deals visible to the member, latest change first. */
  watchDeals(member: Stored<User>): Subscribe<Listed<Deal>>;
  /** The open deals visible to the member and those closed last, in no order. */
  watchBoard(sight: Sight): Subscribe<BoardDeals>;
  /** One deal: undefined when it is absent or breaks its schema. */
  watchDeal(dealId: string): Subscribe<Stored<Deal> | undefined>;
  /** The latest event of any record, as far as the member may see it. */
  watchLatestEvent(member: Stored<User>, recordId: string): Subscribe<Listed<Event>>;
  /** What people earn on the deal, as far as the member may see it. */
  watchDealSplits(member: Stored<User>, dealId: string): Subscribe<Listed<Split>>;
  /** What was posted about the deal, as far as the member may see it, in no order. */
  watchDealEntries(member: Stored<User>, dealId: string): Subscribe<Listed<LedgerEntry>>;
  /** The member's own postings, latest first. */
  readonly watchOwnEntries: Subscribe<Listed<LedgerEntry>>;
  /** The member's own disputes, latest first. */
  readonly watchOwnDisputes: Subscribe<Listed<Dispute>>;
  /** The disputes of one status that the member may see, latest first. */
  watchDisputes(member: Stored<User>, status: Dispute['status']): Subscribe<Listed<Dispute>>;
  /** What the member was told and has not read, latest first. */
  readonly watchUnread: Subscribe<Listed<Notification>>;
  /** How far long work is, read as far as the schema of the page that shows it goes. */
  watchJob<T extends object>(jobId: string, schema: Schema<T>): Subscribe<Stored<T> | undefined>;
  /**
   * The conversations that the member may see, the latest message first; read, like one message, as
   * far as the schema of the page that shows them goes.
   */
  watchConversations<T extends object>(
    member: Stored<User>,
    schema: Schema<T>,
    most: number,
  ): Subscribe<Listed<T>>;
  watchMessage<T extends object>(id: string, schema: Schema<T>): Subscribe<Stored<T> | undefined>;
  /** The names of companies, by id; one that is not there has none. */
  findCompanyNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  readonly rest: Rest;
  readonly password: PasswordPort;
  createDeal(deal: QuickDeal): Promise<DealState>;
  moveDeal(dealId: string, stageId: string): Promise<DealState>;
  renameDeal(dealId: string, title: string): Promise<void>;
}
