import {
  entryExplanationSchema,
  type TargetExplanation,
  toMajorUnits,
} from '@splitline/functions/contracts';
import { useCallback } from 'react';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { formatMoney, readerLocale } from '../../ui/format.ts';
import './why.css';

interface WhyEntryProps {
  readonly rest: Rest;
  readonly entryId: string;
}

/** Why a posting is there and why it is that much: a sentence, and the calculation. */
export function WhyEntry({ rest, entryId }: WhyEntryProps) {
  const why = useLoad(
    useCallback(
      () =>
        rest.get(
          `/api/earnings/entries/${encodeURIComponent(entryId)}/explain`,
          entryExplanationSchema,
          { locale: readerLocale() },
        ),
      [rest, entryId],
    ),
  );
  if (why.status === 'loading') {
    return (
      <p className="soft" role="status">
        Looking it up…
      </p>
    );
  }
  if (why.status === 'failed') {
    return (
      <p className="message" role="alert">
        {why.problem.message}{' '}
        <button className="button button--quiet" type="button" onClick={why.reload}>
          Try again
        </button>
      </p>
    );
  }
  const { sentence, after, before, previousMinor, targetMinor, currency } = why.value;
  const target = after ?? before;
  return (
    <>
      <p className="why__sentence">{sentence}</p>
      {target !== null && (
        <details className="why__details">
          <summary>The calculation{after === null ? ' before that' : ''}</summary>
          <Calculation target={target} />
          {previousMinor !== null && previousMinor !== 0 && targetMinor !== null && (
            <p className="soft small">
              Before this change the deal earned {formatMoney(previousMinor, currency)}, after it{' '}
              {formatMoney(targetMinor, currency)}.
            </p>
          )}
        </details>
      )}
    </>
  );
}

const kinds = {
  percent: 'Percentage',
  fixed: 'Fixed amount',
  tiers: 'First tier',
  override: 'Override',
} as const;

/** How an amount comes about, step by step. */
function Calculation({ target }: { readonly target: TargetExplanation }) {
  const { currency, deal, plan, rules, role, shareBps, bound, capMinor, floorMinor } = target;
  const money = (minor: number) => formatMoney(minor, currency);
  return (
    <dl className="steps">
      <Step name="Plan">
        {plan.planName}, version {plan.planVersion}
      </Step>
      <Step name="Value of the deal">{money(deal.valueMinor)}</Step>
      {deal.refundedMinor > 0 && <Step name="Refunded">{money(-deal.refundedMinor)}</Step>}
      {rules.map((rule) => (
        <Step
          key={`${rule.kind} ${rule.role} ${rule.rateBps} ${rule.exactMinor}`}
          name={
            rule.rateBps === null
              ? kinds[rule.kind]
              : `${kinds[rule.kind]} ${percent(rule.rateBps)}`
          }
        >
          {exact(rule.exactMinor, currency)}
        </Step>
      ))}
      {bound === 'cap' && capMinor !== null && <Step name="At most">{money(capMinor)}</Step>}
      {bound === 'floor' && floorMinor !== null && <Step name="At least">{money(floorMinor)}</Step>}
      {shareBps !== null && (
        <Step name={role === null ? 'Share' : `Share as ${role}`}>{percent(shareBps)}</Step>
      )}
      <Step name="Exactly">{exact(target.exact.minor, currency)}</Step>
      <Step name="Earned">
        <strong>{money(target.amountMinor)}</strong>
        {target.rounding.hasOddUnit && ' with the odd unit of the deal'}
      </Step>
    </dl>
  );
}

function Step({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="steps__step">
      <dt className="soft">{name}</dt>
      <dd className="amount">{children}</dd>
    </div>
  );
}

/** Basis points: 1,250 is 12.5 %. */
function percent(bps: number): string {
  return new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 2 }).format(
    bps / 10_000,
  );
}

/** An amount that may have a fraction of the minor unit. */
function exact(minor: string, currency: string): string {
  return new Intl.NumberFormat(undefined, {
    ...{ style: 'currency', currency, maximumFractionDigits: 10 },
    trailingZeroDisplay: 'stripIfInteger',
  }).format(toMajorUnits(Number(minor), currency));
}
