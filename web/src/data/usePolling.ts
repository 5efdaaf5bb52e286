import { useEffect } from 'react';

const INTERVAL_MS = 1500;

/** Asks again and again while something is under way. */
export function usePolling(isUnderWay: boolean, reload: () => void): void {
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(reload, INTERVAL_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, reload]);
}

/** For a list that is not there yet. */
export function nothingToReload(): void {}
