import { type User, userSchema } from '@splitline/functions/contracts';
import { useEffect } from 'react';
import { z } from 'zod';
import type { Sight, Stored, WorkspaceData } from '../data/port.ts';

const STORED_AS = 'splitline.sight';
const ignore = () => {};
const { role, managedTeamIds } = userSchema.shape;
const sightSchema = z.object({ id: z.string(), role, managedTeamIds });

/**
 * Until it is known who the member is, listens already for what the board will show, as far as the
 * member could see last time. Has that changed, the server refuses, or the board asks anew.
 */
export function useHeadStart(data: WorkspaceData, member: Stored<User> | undefined): void {
  const isOver = member !== undefined;
  useEffect(() => {
    if (isOver || !isBoard(window.location.pathname)) return;
    const sight = recall();
    const sources = [data.watchStages, data.watchUsers];
    const stops = [
      ...(sight === undefined ? [] : [data.watchBoard(sight)(ignore, ignore)]),
      ...sources.map((subscribe) => subscribe(ignore, ignore)),
    ];
    return () => {
      // By then the board has taken them over.
      setTimeout(() => {
        for (const stop of stops) stop();
      });
    };
  }, [data, isOver]);
  useEffect(() => {
    if (member !== undefined) remember(member);
  }, [member]);
}

function isBoard(path: string): boolean {
  return path === '/' || path.startsWith('/deals/');
}

function remember({ id, role, managedTeamIds }: Sight): void {
  try {
    localStorage.setItem(STORED_AS, JSON.stringify({ id, role, managedTeamIds }));
  } catch {
    // Without storage there is no head start.
  }
}

function recall(): Sight | undefined {
  try {
    return sightSchema.safeParse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null')).data;
  } catch {
    return undefined;
  }
}
