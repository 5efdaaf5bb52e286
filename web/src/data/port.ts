import type {
  Deal,
  DealState,
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
  /** What people earn on the deal, as far as the member may see it. */
  watchDealSplits(member: Stored<User>, dealId: string): Subscribe<Listed<Split>>;
  /** The member's own postings, latest first. */
  readonly watchOwnEntries: Subscribe<Listed<LedgerEntry>>;
  createDeal(deal: QuickDeal): Promise<DealState>;
  moveDeal(dealId: string, stageId: string): Promise<DealState>;
  renameDeal(dealId: string, title: string): Promise<void>;
}
