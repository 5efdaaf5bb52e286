import type { User } from '@splitline/functions/contracts';
import { useMemo } from 'react';
import type { Stored, WorkspaceData } from './port.ts';
import { useLive } from './useLive.ts';

/** Who is who, by uid; empty until the members have come. */
export function usePeople(data: WorkspaceData): ReadonlyMap<string, Stored<User>> {
  const users = useLive(data.watchUsers);
  return useMemo(
    () =>
      new Map((users.status === 'ready' ? users.value.records : []).map((user) => [user.id, user])),
    [users],
  );
}
