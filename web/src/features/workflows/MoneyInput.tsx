import { Labelled } from '../../ui/Field.tsx';
import { moneyForInput, readMoney } from '../../ui/money-input.ts';
import { useProblemAt } from './scope.ts';
import { useKit } from './useKit.ts';
import { useTyped } from './useTyped.ts';
import { moneyOf } from './words.ts';

interface MoneyInputProps {
  readonly label: string;
  readonly path: string;
  /** Undefined where another place says what is wrong. */
  readonly error?: string | undefined;
  readonly value: unknown;
  readonly onChange: (money: unknown) => void;
}

/** An amount, in its own currency or the organisation's. */
export function MoneyInput({ label, path, error, value, onChange }: MoneyInputProps) {
  const kit = useKit();
  const problem = useProblemAt(path);
  const money = moneyOf(value);
  const currency = money?.currency ?? kit.currency;
  const { text, type } = useTyped(
    money,
    {
      format: (held) => (held === undefined ? '' : moneyForInput(held.amountMinor, held.currency)),
      parse: (typed) => {
        const read = readMoney(typed, currency, path);
        return 'minor' in read ? { amountMinor: read.minor, currency } : undefined;
      },
    },
    onChange,
  );
  return (
    <Labelled label={label} hint={currency} error={error ?? problem}>
      {(links) => (
        <input
          {...links}
          className="input"
          type="number"
          step="any"
          inputMode="decimal"
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
}
