import { toMajorUnits } from '@splitline/functions/contracts';
import { type KeyboardEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import { refusal } from '../../../data/refusal.ts';
import { formatMoney } from '../../../ui/format.ts';
import { InlineRow, useSaving } from '../../../ui/InlineField.tsx';
import { moneyForInput, readMoney } from '../../../ui/money-input.ts';
import type { FieldProps } from './field-props.ts';
import { useGuard } from './useGuard.ts';

/** The value: read as an amount of money, typed as a number. */
export function ValueField({ deal, isChangeable, change }: FieldProps) {
  const { valueMinor, currency } = deal;
  const stored = moneyForInput(valueMinor, currency);
  const shown = formatMoney(valueMinor, currency);
  // Undefined while nobody is in the field: then it reads as money.
  const [draft, setDraft] = useState<string>();
  const { guarded, around } = useGuard(`${stored} ${currency}`, shown, async (text) => {
    const read = readMoney(text, currency, 'value');
    if ('problem' in read) throw refusal(read.problem.message);
    await change({ value: toMajorUnits(read.minor, currency), currency });
  });
  const { save, problem, clear } = useSaving(guarded);
  const [refused, setRefused] = useState<string>();
  const leave = () => {
    setDraft(undefined);
    clear();
  };
  const commit = async (text: string) => {
    if (text.trim() === '' || Number(text) === Number(stored)) return leave();
    if (await save(text)) setDraft(undefined);
    else setRefused(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && draft !== undefined) void commit(draft);
    if (event.key !== 'Escape' || draft === undefined) return;
    // The panel stays: this Escape was for the draft.
    event.preventDefault();
    leave();
  };
  return (
    <div {...around}>
      <InlineRow label="Value" problem={problem}>
        {(links) =>
          isChangeable ? (
            <input
              {...links}
              className="inline-field__input deal__value"
              inputMode="decimal"
              autoComplete="off"
              value={draft ?? shown}
              onFocus={({ currentTarget }) => {
                // What is typed next takes the place of the amount.
                flushSync(() => setDraft((typed) => typed ?? stored));
                currentTarget.select();
              }}
              onChange={(event) => setDraft(event.currentTarget.value)}
              onBlur={() => {
                if (draft !== undefined && draft !== refused) void commit(draft);
              }}
              onKeyDown={onKeyDown}
            />
          ) : (
            <output {...links} className="inline-field__text deal__value">
              {shown}
            </output>
          )
        }
      </InlineRow>
    </div>
  );
}
