import { createContext, useCallback, useContext } from 'react';
import { formatMomentIn, nameOfZone } from './format.ts';

const TimeZoneContext = createContext<string | undefined>(undefined);
export const TimeZoneProvider = TimeZoneContext.Provider;

/** The organisation's IANA time zone, live; empty when it cannot be read, which counts as UTC. */
export function useTimeZone(): string {
  const timeZone = useContext(TimeZoneContext);
  if (timeZone === undefined) throw new Error('useTimeZone needs a TimeZoneProvider above it');
  return timeZone;
}

/** How to say a moment, a date or its text on the wire, in the organisation's zone. */
export function useFormatMoment(): (at: Date | string) => string {
  const timeZone = useTimeZone();
  return useCallback((at) => formatMomentIn(timeZone, at), [timeZone]);
}

/**
 * The name of the organisation's zone for whoever is elsewhere, to stand at what takes a time: it is
 * taken, like all times are told, as one of that zone.
 */
export function useForeignZone(): string | undefined {
  const timeZone = useTimeZone();
  const { timeZone: own } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone === '' || timeZone === own ? undefined : nameOfZone(timeZone);
}
