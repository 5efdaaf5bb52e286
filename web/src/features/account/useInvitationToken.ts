import { useEffect, useState } from 'react';

/**
 * The token in the fragment of an invitation's link, which leaves the address bar and the history
 * at once: it lets whoever has it in.
 */
export function useInvitationToken(): string | undefined {
  const [token, setToken] = useState(() => tokenIn(window.location.hash));
  useEffect(() => {
    const take = () => {
      const { hash, pathname, search } = window.location;
      if (hash === '') return;
      setToken(tokenIn(hash));
      window.history.replaceState(window.history.state, '', pathname + search);
    };
    take();
    // Another link opened in the same tab changes the fragment and loads nothing.
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return token;
}

function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('token') || undefined;
}
