import { useEffect, useState } from 'react';

/**
 * The code in a password reset's link, `?mode=resetPassword&oobCode=…`, which leaves the address bar
 * and the history at once: it lets whoever has it in.
 */
export function useResetCode(): string | undefined {
  const [code] = useState(() => codeIn(window.location.search));
  useEffect(() => {
    if (window.location.search === '') return;
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  return code;
}

/** Firebase marks links of other purposes, such as the proof of an address, by another mode. */
function codeIn(search: string): string | undefined {
  const query = new URLSearchParams(search);
  const isOfReset = query.get('mode') === 'resetPassword';
  return (isOfReset && query.get('oobCode')) || undefined;
}
