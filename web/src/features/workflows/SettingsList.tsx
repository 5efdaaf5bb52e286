import { formatMoney } from '../../ui/format.ts';
import type { Fields } from './draft.ts';
import { capital, moneyOf } from './words.ts';

/** What a step was asked to do or what came of it, name by name. */
export function SettingsList({ settings }: { readonly settings: Fields }) {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return null;
  return (
    <dl className="facts">
      {entries.map(([name, value]) => (
        <div key={name} className="facts__fact">
          <dt>{labelOf(name)}</dt>
          <dd>{wordsOf(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `dueInMinutes` as `Due in minutes`. */
function labelOf(name: string): string {
  return capital(name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase());
}

function wordsOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const money = moneyOf(value);
  if (money !== undefined) return formatMoney(money.amountMinor, money.currency);
  if (Array.isArray(value)) return value.map(wordsOf).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${wordsOf(part)}`)
      .join(', ');
  }
  return String(value);
}
