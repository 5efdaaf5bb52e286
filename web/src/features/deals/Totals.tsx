import { formatMoney } from '../../ui/format.ts';
import type { Total } from './group-deals.ts';

/** Amounts per currency, side by side. */
export function Totals({ totals }: { readonly totals: readonly Total[] }) {
  return (
    <span className="totals">
      {totals.map(({ currency, minor }) => (
        <span className="totals__amount" key={currency}>
          {formatMoney(minor, currency)}
        </span>
      ))}
    </span>
  );
}
