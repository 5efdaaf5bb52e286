import { useCallback } from 'react';
import { settingsSchema } from './payouts.ts';
import type { Rest } from './port.ts';
import { type Loaded, useLoad } from './useLoad.ts';

/** The organisation's IANA time zone. */
export function useTimeZone(rest: Rest): Loaded<string> {
  return useLoad(
    useCallback(
      async () => (await rest.get('/api/payout-settings', settingsSchema)).timeZone,
      [rest],
    ),
  );
}
