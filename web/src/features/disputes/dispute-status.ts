import type { Dispute } from '@splitline/functions/contracts';
import { formatChange } from '../../ui/format.ts';

/** How a dispute stands, in a word, and how loud that is. */
export function statusOf({ status, outcome }: Pick<Dispute, 'status' | 'outcome'>): {
  readonly name: string;
  readonly tone: 'accent' | 'warning' | undefined;
} {
  if (status === 'open') return { name: 'Open', tone: 'warning' };
  if (status === 'withdrawn') return { name: 'Withdrawn', tone: undefined };
  switch (outcome) {
    case 'upheld':
      return { name: 'Upheld', tone: 'accent' };
    case 'restated':
      return { name: 'Deal restated', tone: 'accent' };
    default:
      return { name: 'Rejected', tone: undefined };
  }
}

/** How it ended, in a sentence; undefined while it is open or when the payee took it back. */
export function endingOf(dispute: Dispute, closerName: string): string | undefined {
  const { outcome, adjustmentMinor, currency, resolution } = dispute;
  if (outcome === null) return undefined;
  const note = resolution === null ? '' : `: ${resolution}`;
  switch (outcome) {
    case 'upheld':
      return `${closerName} upheld it, ${formatChange(adjustmentMinor ?? 0, currency)}${note}`;
    case 'restated':
      return `${closerName} restated the deal${note}`;
    case 'rejected':
      return `${closerName} rejected it; the amount stands${note}`;
  }
}
