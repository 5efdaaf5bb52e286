import type { AccountsView, BalanceAnswer } from '@splitline/functions/contracts';
import { formatMoney } from '../../ui/format.ts';

type Balance = BalanceAnswer['balances'][number];

const states: readonly {
  readonly field: keyof AccountsView;
  readonly name: string;
  readonly meaning: string;
}[] = [
  { field: 'pendingMinor', name: 'Pending', meaning: 'Earned, paid with a coming period' },
  { field: 'heldMinor', name: 'Held', meaning: 'Waits for the end of a dispute' },
  { field: 'approvedMinor', name: 'Approved', meaning: 'Cleared to be paid' },
  { field: 'inTransitMinor', name: 'On its way', meaning: 'Handed to the bank' },
  { field: 'paidMinor', name: 'Paid', meaning: 'Arrived, since the beginning' },
];

interface BalancesProps {
  readonly balances: readonly Balance[];
  readonly isOwn: boolean;
}

/** What a payee has, by currency and by the state that it is in. */
export function Balances({ balances, isOwn }: BalancesProps) {
  if (balances.length === 0) {
    return (
      <section className="rows rows__empty" aria-label="Balance">
        {isOwn
          ? 'Nothing earned yet. When a deal that you have a share of is won, what it pays appears here within seconds.'
          : 'Nothing earned yet.'}
      </section>
    );
  }
  return (
    <section className="section" aria-label="Balance">
      {balances.map((balance) => (
        <BalanceIn key={balance.currency} balance={balance} isOwn={isOwn} />
      ))}
    </section>
  );
}

function BalanceIn({ balance, isOwn }: { readonly balance: Balance; readonly isOwn: boolean }) {
  const { currency, owedMinor, carryForwardMinor } = balance;
  const money = (minor: number) => formatMoney(minor, currency);
  return (
    <div className="balance">
      <p className="balance__owed">
        <span className="balance__amount amount">{money(Math.max(0, owedMinor))}</span>
        <span className="soft">
          {isOwn ? 'owed to you' : 'owed'} in {currency}
        </span>
      </p>
      <dl className="balance__states">
        {states.map(({ field, name, meaning }) => (
          <div className="balance__state" key={field} title={meaning}>
            <dt className="balance__name">{name}</dt>
            <dd className="amount" data-zero={balance[field] === 0}>
              {money(balance[field])}
            </dd>
          </div>
        ))}
      </dl>
      {carryForwardMinor < 0 && (
        <p className="message message--warning">
          {money(-carryForwardMinor)} more was taken back than was still unpaid, for example because
          a customer got money back. Nobody has to pay it: the next earnings make up for it first.
        </p>
      )}
    </div>
  );
}
