import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';

/** Where the person wanted to go: an address of ours, or back to where they came from. */
type Aim = { readonly to: string } | 'back';

/** Marks an entry of the history that is the same page once more: Back leads to it, and is noticed. */
const GUARD = { isGuard: true };

/**
 * Asks before the page is left with unsaved changes. The router tells of every other address, and it
 * is put back until the person has decided; Back meets an entry of the same address first. What the
 * browser itself leads to (another site, closing the tab) it asks about itself.
 */
export function useLeaveGuard(isDirty: boolean) {
  const [, navigate] = useLocation();
  const [aim, setAim] = useState<Aim>();
  const isOff = useRef(false);
  useEffect(() => {
    if (!isDirty) return;
    const here = location.href;
    if (!isAtGuard()) history.pushState(GUARD, '', here);
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const holdPush = (event: Event) => {
      if (isOff.current || location.href === here) return;
      const to = location.pathname + location.search;
      // Nobody else hears of it: the page stays as it is.
      event.stopImmediatePropagation();
      history.replaceState(GUARD, '', here);
      history.back();
      setAim({ to });
    };
    const holdBack = () => {
      if (isOff.current || isAtGuard()) return;
      history.pushState(GUARD, '', here);
      setAim('back');
    };
    window.addEventListener('beforeunload', warn);
    window.addEventListener('pushState', holdPush, { capture: true });
    window.addEventListener('replaceState', holdPush, { capture: true });
    window.addEventListener('popstate', holdBack);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('pushState', holdPush, { capture: true });
      window.removeEventListener('replaceState', holdPush, { capture: true });
      window.removeEventListener('popstate', holdBack);
    };
  }, [isDirty]);
  const go = useCallback(
    (to: string) => {
      isOff.current = true;
      const arrive = () => navigate(to, { replace: true });
      if (!isAtGuard()) return arrive();
      // The page is in the history once, and what comes takes its place.
      window.addEventListener('popstate', arrive, { once: true });
      history.back();
    },
    [navigate],
  );
  const leave = () => {
    if (aim === undefined) return;
    if (aim !== 'back') return go(aim.to);
    isOff.current = true;
    history.go(-2);
  };
  return { isAsking: aim !== undefined, stay: () => setAim(undefined), leave, go };
}

function isAtGuard(): boolean {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'isGuard' in state;
}
