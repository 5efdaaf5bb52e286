import type {
  Deal,
  DealState,
  Dispute,
  Event,
  LedgerEntry,
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
  /** Carries out a command. */
  send(method: Exclude<Method, 'GET'>, path: string, body?: object): Promise<unknown>;
  /** Fetches a file or page that the address alone would not open: it needs the token. */
  open(path: string, query?: Query): Promise<Blob>;
}

export type Stop = () => void;

/** Starts a listener; it ends with the first problem, or when the returned function is called. */
export type Subscribe<T> = (
  onValue: (value: T) => void,
  onProblem: (problem: Problem) => void,
) => Stop;

/** What of the organisation the page shows. */
export type OrgSummary = Readonly<Pick<Org, 'name' | 'currency'>>;

export interface QuickDeal {
  readonly title: string;
  readonly amountMajor: number;
  /** A calendar day, `2026-02-01`. */
  readonly expectedCloseDate: string | undefined;
}

/** More deals than this are not listened to; the page says so. */
export const MAX_LISTED_DEALS = 200;

/** More events of one deal than this are not listened to; the panel says so. */
export const MAX_LISTED_EVENTS = 50;

/** More postings than this are not listened to; the statement has all of them. */
export const MAX_LISTED_ENTRIES = 100;

/** More disputes than this are not listened to; the page says so. */
export const MAX_LISTED_DISPUTES = 50;

/** The web client's whole view of the product, for one signed-in person. Commands reject with a Problem's cause. */
export interface WorkspaceData {
  /** The caller's membership, live: undefined when there is none. */
  readonly watchMember: Subscribe<Stored<User> | undefined>;
  readonly watchOrg: Subscribe<OrgSummary | undefined>;
  readonly watchUsers: Subscribe<Listed<User>>;
  readonly watchStages: Subscribe<Listed<Stage>>;
  /** The deals visible to the member, latest change first. */
  watchDeals(member: Stored<User>): Subscribe<Listed<Deal>>;
  /** One deal: undefined when it is absent or breaks its schema. */
  watchDeal(dealId: string): Subscribe<Stored<Deal> | undefined>;
  /** The deal's events visible to the member, newest first. */
  watchDealEvents(member: Stored<User>, dealId: string): Subscribe<Listed<Event>>;
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
  readonly rest: Rest;
  createDeal(deal: QuickDeal): Promise<DealState>;
  moveDeal(dealId: string, stageId: string): Promise<DealState>;
  renameDeal(dealId: string, title: string): Promise<void>;
}
