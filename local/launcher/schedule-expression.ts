/**
 * Says when a schedule is due, for the two forms that Cloud Scheduler takes: `every 5 minutes` (or hours, or day HH:MM)
 * and the five fields of unix-cron.
 */
export type IsDue = (minute: Date) => boolean;

const MINUTE_MS = 60_000;
const CRON_LIMITS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Parses an expression; undefined when it is of a form we do not know. Times are in the given IANA zone. */
export function parseSchedule(expression: string, timeZone: string): IsDue | undefined {
  const text = expression.trim().toLowerCase();
  const interval = /^every (?:(\d+) )?(minute|min|hour)s?$/.exec(text);
  if (interval !== null) {
    const minutes = Number(interval[1] ?? 1) * (interval[2] === 'hour' ? 60 : 1);
    return minutes < 1 ? undefined : (at) => Math.floor(at.getTime() / MINUTE_MS) % minutes === 0;
  }
  const daily = /^every day (\d{1,2}):(\d{2})$/.exec(text);
  if (daily !== null) return parseCron(`${daily[2]} ${daily[1]} * * *`, timeZone);
  return parseCron(text, timeZone);
}

function parseCron(text: string, timeZone: string): IsDue | undefined {
  const fields = text.split(/\s+/);
  const sets = CRON_LIMITS.map(([low, high], index) => parseField(fields[index] ?? '', low, high));
  const [minutes, hours, days, months, weekdays] = sets;
  if (fields.length !== 5 || !minutes || !hours || !days || !months || !weekdays) return undefined;
  // As cron has it: when both day fields are restricted, either may match.
  const eitherDay = fields[2] !== '*' && fields[4] !== '*';
  return (at) => {
    const now = localTime(at, timeZone);
    const isDay = days.has(now.day);
    const isWeekday = weekdays.has(now.weekday) || (now.weekday === 0 && weekdays.has(7));
    return (
      minutes.has(now.minute) &&
      hours.has(now.hour) &&
      months.has(now.month) &&
      (eitherDay ? isDay || isWeekday : isDay && isWeekday)
    );
  };
}

/** The values one field allows: a list of `*`, `5`, `1-5`, each with an optional `/step`. */
function parseField(field: string, low: number, high: number): Set<number> | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const from = match[1] === undefined ? low : Number(match[1]);
    const to = match[2] !== undefined ? Number(match[2]) : match[1] === undefined ? high : from;
    const step = Number(match[3] ?? 1);
    if (from < low || to > high || step < 1) return undefined;
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}

function localTime(at: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    minute: 'numeric',
    hour: 'numeric',
    day: 'numeric',
    month: 'numeric',
    weekday: 'short',
  }).formatToParts(at);
  const read = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return {
    minute: Number(read('minute')),
    hour: Number(read('hour')),
    day: Number(read('day')),
    month: Number(read('month')),
    weekday: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(read('weekday')),
  };
}
