import type { StatementLine } from '@splitline/functions/contracts';

type Moves = Pick<
  StatementLine,
  'pendingMinor' | 'heldMinor' | 'approvedMinor' | 'inTransitMinor' | 'paidMinor'
>;

/** How much a posting moved from one state to others, where nothing was earned. */
export function movedMinor(line: Moves): number {
  const { pendingMinor, heldMinor, approvedMinor, inTransitMinor, paidMinor } = line;
  return [pendingMinor, heldMinor, approvedMinor, inTransitMinor, paidMinor]
    .filter((minor) => minor > 0)
    .reduce((sum, minor) => sum + minor, 0);
}
