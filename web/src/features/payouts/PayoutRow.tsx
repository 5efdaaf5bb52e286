import type { Payout } from '../../data/payouts.ts';
import { formatMoney } from '../../ui/format.ts';
import { Person } from '../../ui/Person.tsx';
import { type Step, statusWords, stepsOf } from './payout-words.ts';

interface PayoutRowProps {
  readonly payout: Payout;
  readonly payeeName: string;
  readonly isPayableByStripe: boolean;
  readonly onStep: (step: Step) => void;
}

const names: Readonly<Record<Step, string>> = {
  approve: 'Approve…',
  send: 'Send by Stripe…',
  'mark-paid': 'Mark as paid…',
  void: 'Void…',
};

/** What one person is paid, and the steps that are possible next. */
export function PayoutRow({ payout, payeeName, isPayableByStripe, onStep }: PayoutRowProps) {
  const { currency, amountMinor, draftedMinor, status } = payout;
  const { name, tone } = statusWords[status];
  const remark = remarkOf(payout);
  return (
    <li className="rows__row payout">
      <div className="payout__who">
        <Person name={payeeName} />
        {remark !== '' && <p className="soft small payout__remark">{remark}</p>}
      </div>
      <span className="tag" data-tone={tone}>
        {name}
      </span>
      <p className="payout__amount">
        <span className="amount">{formatMoney(amountMinor, currency)}</span>
        {amountMinor !== draftedMinor && (
          <span className="soft small amount">of {formatMoney(draftedMinor, currency)}</span>
        )}
      </p>
      <div className="payout__steps">
        {stepsOf(payout, isPayableByStripe).map((step) => (
          <button
            key={step}
            className="button button--small"
            type="button"
            aria-label={`${names[step]} ${payeeName}`}
            onClick={() => onStep(step)}
          >
            {names[step]}
          </button>
        ))}
      </div>
    </li>
  );
}

function remarkOf({ reference, failure, reason, returnedMinor, currency }: Payout): string {
  return [
    reference !== null ? `Reference ${reference}` : '',
    returnedMinor > 0 ? `${formatMoney(returnedMinor, currency)} came back` : '',
    failure ?? '',
    reason ?? '',
  ]
    .filter((text) => text !== '')
    .join(' · ');
}
