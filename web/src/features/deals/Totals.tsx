import { formatMoney } from '../../ui/format.ts';
import type { Total } from './group-deals.ts';

interface TotalsProps {
  readonly totals: readonly Total[];
  readonly className?: string;
}

/** Amounts per currency, side by side. */
export function Totals({ totals, className = 'totals' }: TotalsProps) {
  return (
    <span className={className}>
      {totals.map(({ currency, minor }) => (
        <span className="totals__amount" key={currency}>
          {formatMoney(minor, currency)}
        </span>
      ))}
    </span>
  );
}
