import { formatMomentAndZone, formatMomentIn } from './format.ts';
import { useTimeZone } from './useTimeZone.ts';

interface MomentProps {
  /** A date, or its text on the wire. */
  readonly at: Date | string;
  readonly className?: string;
}

/** A moment in the organisation's zone, which it names to whoever points at it. */
export function Moment({ at, className }: MomentProps) {
  const timeZone = useTimeZone();
  return (
    <time
      className={className}
      dateTime={new Date(at).toISOString()}
      title={formatMomentAndZone(timeZone, at)}
    >
      {formatMomentIn(timeZone, at)}
    </time>
  );
}
