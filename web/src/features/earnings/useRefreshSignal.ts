import { useEffect, useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';

/**
 * Changes when what is shown may have changed: with each posting of the person's own, for somebody
 * else's when the page is looked at again.
 */
export function useRefreshSignal(data: WorkspaceData, isOwn: boolean): string {
  const entries = useLive(data.watchOwnEntries);
  const looks = useLooks();
  if (!isOwn) return `looks ${looks}`;
  if (entries.status !== 'ready') return '';
  const { records } = entries.value;
  return `${records.length} ${records[0]?.id ?? ''}`;
}

/** How often the page has come to the front. */
function useLooks(): number {
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const count = () => {
      if (document.visibilityState === 'visible') setLooks((before) => before + 1);
    };
    document.addEventListener('visibilitychange', count);
    return () => document.removeEventListener('visibilitychange', count);
  }, []);
  return looks;
}
