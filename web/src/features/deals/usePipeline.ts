import type { Deal, DealFilters, Stage, User } from '@splitline/functions/contracts';
import { useMemo } from 'react';
import type { OrgSummary, Stored, WorkspaceData } from '../../data/port.ts';
import { type Live, useLive } from '../../data/useLive.ts';
import { usePeople } from '../../data/usePeople.ts';
import { filterDeals } from './filters.ts';
import { type Column, groupDeals } from './group-deals.ts';
import { applyMoves, type PendingMoves } from './pending-moves.ts';
import type { InTurn } from './turns.ts';
import { type MoveDeal, useMoves } from './useMoves.ts';

/** Who is who, by uid. */
export type People = ReadonlyMap<string, Stored<User>>;

/** Everything the board and the panel show, with the moves under way already made. */
export interface Pipeline {
  readonly stages: readonly Stored<Stage>[];
  /** All deals that were sent, and of these the ones that the filters let through. */
  readonly deals: readonly Stored<Deal>[];
  readonly shown: readonly Stored<Deal>[];
  /** The shown ones by stage. */
  readonly columns: readonly Column[];
  readonly people: People;
  readonly currency: string | undefined;
  readonly unreadable: number;
  /** Whether there are more open deals, or closed ones, than were sent. */
  readonly isOpenCut: boolean;
  readonly isClosedCut: boolean;
  readonly moves: PendingMoves;
  readonly moveDeal: MoveDeal;
  /** What changes the stage of a deal by other ways waits here for the moves of the deal under way. */
  readonly inTurn: InTurn;
}

const NOTHING: readonly never[] = [];

/** Listens to the stages, the people and the deals the member may see. */
export function usePipeline(
  data: WorkspaceData,
  member: Stored<User>,
  filters: DealFilters,
): Live<Pipeline> {
  const org = useLive(data.watchOrg);
  const stages = useLive(data.watchStages);
  const board = useLive(useMemo(() => data.watchBoard(member), [data, member]));
  const people = usePeople(data);
  const moving = useMoves(data);
  const stored = board.status === 'ready' ? board.value.records : NOTHING;
  const listed = stages.status === 'ready' ? stages.value.records : NOTHING;
  const deals = useMemo(() => applyMoves(stored, moving.moves), [stored, moving.moves]);
  const shown = useMemo(() => {
    const nameOf = (uid: string) => people.get(uid)?.name;
    return filterDeals(deals, filters, { ownId: member.id, nameOf });
  }, [deals, filters, member.id, people]);
  const columns = useMemo(() => groupDeals(listed, shown), [listed, shown]);
  if (stages.status !== 'ready') return stages;
  if (board.status !== 'ready') return board;
  const { unreadable, isOpenCut, isClosedCut } = board.value;
  return {
    status: 'ready',
    value: {
      ...{ stages: listed, deals, shown, columns, people, isOpenCut, isClosedCut },
      ...moving,
      unreadable: unreadable + stages.value.unreadable,
      currency: currencyOf(org),
    },
  };
}

function currencyOf(org: Live<OrgSummary | undefined>): string | undefined {
  return org.status === 'ready' ? org.value?.currency : undefined;
}
