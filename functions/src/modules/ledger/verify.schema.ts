/** What kind of thing a finding is about. */
export type FoundKind = 'event' | 'entry' | 'terms' | 'split' | 'balance' | 'period';

/** What is wrong with it. */
export type Problem = 'altered' | 'added' | 'removed';

/** One thing that is not as it was recorded. */
export interface Finding {
  readonly kind: FoundKind;
  readonly problem: Problem;
  readonly id: string;
  readonly why: string;
}

/** Takes a finding. */
export type Report = (finding: Finding) => void;
