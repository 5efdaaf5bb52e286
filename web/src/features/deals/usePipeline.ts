import type { Deal, Stage, User } from '@splitline/functions/contracts';
import { useMemo } from 'react';
import {
  type Listed,
  MAX_LISTED_DEALS,
  type OrgSummary,
  type Stored,
  type WorkspaceData,
} from '../../data/port.ts';
import { type Live, useLive } from '../../data/useLive.ts';
import { type Column, groupDeals } from './group-deals.ts';
import { applyMoves, type PendingMoves } from './pending-moves.ts';
import { type MoveDeal, useMoves } from './useMoves.ts';

/** Who is who, by uid. */
export type People = ReadonlyMap<string, Stored<User>>;

/** Everything the board and the panel show, with the moves under way already made. */
export interface Pipeline {
  readonly stages: readonly Stored<Stage>[];
  readonly columns: readonly Column[];
  readonly people: People;
  readonly currency: string | undefined;
  readonly unreadable: number;
  readonly isCut: boolean;
  readonly moves: PendingMoves;
  readonly moveDeal: MoveDeal;
}

/** Listens to the stages, the people and the deals the member may see. */
export function usePipeline(data: WorkspaceData, member: Stored<User>): Live<Pipeline> {
  const org = useLive(data.watchOrg);
  const users = useLive(data.watchUsers);
  const stages = useLive(data.watchStages);
  const deals = useLive(useMemo(() => data.watchDeals(member), [data, member]));
  const moving = useMoves(data);
  const people = useMemo<People>(
    () =>
      new Map((users.status === 'ready' ? users.value.records : []).map((user) => [user.id, user])),
    [users],
  );
  if (stages.status !== 'ready') return stages;
  if (deals.status !== 'ready') return deals;
  return {
    status: 'ready',
    value: {
      ...assemble(stages.value, deals.value, moving.moves),
      ...moving,
      people,
      currency: currencyOf(org),
    },
  };
}

function assemble(stages: Listed<Stage>, deals: Listed<Deal>, moves: PendingMoves) {
  return {
    stages: stages.records,
    columns: groupDeals(stages.records, applyMoves(deals.records, moves)),
    unreadable: deals.unreadable + stages.unreadable,
    isCut: deals.records.length + deals.unreadable >= MAX_LISTED_DEALS,
  };
}

function currencyOf(org: Live<OrgSummary | undefined>): string | undefined {
  return org.status === 'ready' ? org.value?.currency : undefined;
}
