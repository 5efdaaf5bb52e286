const parts: Intl.DateTimeFormatOptions = {
  ...{ calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23' },
  ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** Making one costs more than all that is then done with it, and a board asks for each card. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = newClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** Browsers do not all know every zone; UTC stands for one that is not known. */
function newClock(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { ...parts, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...parts, timeZone: 'UTC' });
  }
}

/** What calendar and clock show in a zone: `2026-11-22T14:05:09`. */
export function wallClockIn(timeZone: string, moment: Date): string {
  const shown = new Map(
    clockIn(timeZone)
      .formatToParts(moment)
      .map((part) => [part.type, part]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => shown.get(type)?.value ?? '';
  const day = `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`;
  return `${day}T${of('hour')}:${of('minute')}:${of('second')}`;
}

/** The day that a moment belongs to in a zone: `2026-11-22`. */
export function dayIn(timeZone: string, moment: Date): string {
  return wallClockIn(timeZone, moment).slice(0, 10);
}
