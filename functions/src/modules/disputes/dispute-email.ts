import type { Email } from '../../integrations/email/email.port.ts';
import { toMajorUnits } from '../../platform/money.schema.ts';
import type { Dispute, DisputeNotice } from './disputes.schema.ts';

interface Letter {
  readonly notice: Pick<DisputeNotice, 'what'> & { readonly id: string };
  readonly dispute: Pick<Dispute, 'currency' | 'contestedMinor' | 'resolution' | 'adjustmentMinor'>;
  readonly dealTitle: string;
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly appUrl: string;
}

const sentences: Readonly<Record<string, string>> = {
  'dispute.opened': 'was opened',
  'dispute.commented': 'has a new comment',
  'dispute.withdrawn': 'was withdrawn; what was held for it is released',
  'dispute.rejected': 'was rejected: the amount stands, and what was held for it is released',
  'dispute.upheld': 'was upheld: the earnings are adjusted, and what was held for it is released',
  'dispute.restated': 'was settled by restating the deal; what was held for it is released',
};

/** The mail about one step of a dispute, to one of those it concerns. */
export function disputeEmail({ notice, dispute, dealTitle, person, appUrl }: Letter): Email {
  const { currency, contestedMinor, adjustmentMinor, resolution } = dispute;
  const amount = (minor: number) => `${toMajorUnits(minor, currency)} ${currency}`;
  return {
    id: `dispute-${notice.id}-${person.id}`,
    to: person.email,
    subject: `The dispute about “${dealTitle}”`,
    text: [
      `Hello ${person.name},`,
      '',
      `the dispute about the earnings on “${dealTitle}” ${sentences[notice.what] ?? 'has changed'}.`,
      `Contested: ${amount(contestedMinor)}`,
      ...(adjustmentMinor === null ? [] : [`Adjustment: ${amount(adjustmentMinor)}`]),
      ...(resolution === null ? [] : [`Reason: ${resolution}`]),
      '',
      `You find it in Splitline: ${appUrl}`,
      '',
    ].join('\n'),
  };
}
