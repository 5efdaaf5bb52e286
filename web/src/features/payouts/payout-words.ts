import type { PayoutStatus, Schedule } from '@splitline/functions/contracts';
import type { Payout } from '../../data/payouts.ts';

export const scheduleNames: Readonly<Record<Schedule, string>> = {
  weekly: 'every week',
  semimonthly: 'twice a month',
  monthly: 'every month',
};

interface StatusWords {
  readonly name: string;
  readonly tone: 'accent' | 'warning' | 'danger' | undefined;
}

export const statusWords: Readonly<Record<PayoutStatus, StatusWords>> = {
  draft: { name: 'Draft', tone: 'warning' },
  approved: { name: 'Approved', tone: 'accent' },
  sending: { name: 'Being sent', tone: 'accent' },
  paid: { name: 'Paid', tone: undefined },
  failed: { name: 'Failed', tone: 'danger' },
  returned: { name: 'Came back', tone: 'danger' },
  voided: { name: 'Voided', tone: undefined },
};

const warnings: Readonly<Record<string, string>> = {
  negative_balance: 'More was taken back than is unpaid; coming earnings make up for it',
  held_for_dispute: 'A part is held for a dispute',
  payee_not_active: 'Has left the organisation',
  earlier_draft_open: 'A payout of an earlier period is not approved yet',
};

/** A warning of the preview in words. */
export function warningText(warning: string): string {
  return warnings[warning] ?? warning.replaceAll('_', ' ');
}

export type Step = 'approve' | 'send' | 'mark-paid' | 'void';

const steps: Readonly<Record<PayoutStatus, readonly Step[]>> = {
  draft: ['approve', 'void'],
  approved: ['send', 'mark-paid', 'void'],
  failed: ['send', 'mark-paid', 'void'],
  sending: [],
  paid: [],
  returned: [],
  voided: [],
};

/** What can be done to a payout next; sending needs a payee whom Stripe can pay. */
export function stepsOf({ status }: Pick<Payout, 'status'>, isPayableByStripe: boolean): Step[] {
  return steps[status].filter((step) => step !== 'send' || isPayableByStripe);
}
