import type { Deal, User } from '@splitline/functions/contracts';
import type { ReactNode } from 'react';
import type { Stored } from '../../../data/port.ts';
import type { OwnedView } from '../../../data/records.ts';
import { refusal } from '../../../data/refusal.ts';
import { formatDay, formatMoney } from '../../../ui/format.ts';
import { InlineField } from '../../../ui/InlineField.tsx';
import { Moment } from '../../../ui/Moment.tsx';
import { OwnerField } from '../../records/OwnerField.tsx';
import type { People } from '../usePipeline.ts';
import type { FieldProps } from './field-props.ts';
import { InlineText } from './InlineText.tsx';
import type { ChangeDeal } from './useDealChange.ts';
import { useGuard } from './useGuard.ts';
import { ValueField } from './ValueField.tsx';

interface DealFieldsProps {
  /** With the moves under way already made. */
  readonly deal: Stored<Deal>;
  readonly record: OwnedView;
  readonly member: Stored<User>;
  readonly people: People;
  readonly isChangeable: boolean;
  readonly change: ChangeDeal;
}

/** The fields that every deal has, each edited where it stands. */
export function DealFields({ record, member, people, ...field }: DealFieldsProps) {
  const { deal, isChangeable, change } = field;
  return (
    <div className="deal__fields">
      <div className="inline-fields deal__columns">
        <ValueField {...field} />
        <CloseField {...field} />
        <OwnerField record={record} member={member} people={people} change={change} />
        <ProbabilityField {...field} />
        {deal.paidMinor > 0 && <Fact label="Paid by customer">{paidText(deal)}</Fact>}
        {deal.externalIds.map(({ source, id }) => (
          <Fact key={`${source} ${id}`} label={source}>
            {id}
          </Fact>
        ))}
      </div>
      <div className="inline-fields">
        {deal.stageKind === 'lost' && (
          <InlineText
            isChangeable={isChangeable}
            label="Lost because"
            placeholder="Why was it lost?"
            value={deal.lostReason ?? ''}
            maxLength={500}
            onSave={(text) => change({ lostReason: text === '' ? null : text })}
          />
        )}
        <InlineText
          isChangeable={isChangeable}
          label="Description"
          placeholder="What is it about?"
          value={deal.description ?? ''}
          maxLength={10_000}
          onSave={(text) => change({ description: text === '' ? null : text })}
        />
      </div>
      <Past deal={deal} />
    </div>
  );
}

function CloseField({ deal, isChangeable, change }: FieldProps) {
  const { expectedCloseDate: day } = deal;
  const value = day === null ? '' : day.toISOString().slice(0, 10);
  const shown = day === null ? '' : formatDay(day);
  const { guarded, around } = useGuard(value, shown, (text) =>
    change({ expectedCloseDate: text === '' ? null : text }),
  );
  return (
    <div {...around}>
      <InlineField
        label="Expected close"
        type="date"
        value={value}
        shown={shown}
        isChangeable={isChangeable}
        onSave={guarded}
      />
    </div>
  );
}

function ProbabilityField({ deal, isChangeable, change }: FieldProps) {
  const shown = `${deal.probability}%`;
  const { guarded, around } = useGuard(String(deal.probability), shown, async (text) => {
    const probability = Number(text.replace('%', ''));
    if (!Number.isInteger(probability) || probability < 0 || probability > 100) {
      throw refusal('Enter a whole number from 0 to 100.');
    }
    await change({ probability });
  });
  return (
    <div {...around}>
      <InlineField
        label="Probability (%)"
        value={String(deal.probability)}
        shown={shown}
        isRequired
        isChangeable={isChangeable}
        onSave={guarded}
      />
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="inline-field">
      <span className="inline-field__label">{label}</span>
      <span className="inline-field__text">{children}</span>
    </div>
  );
}

function Past({ deal: { createdAt, closedAt, stageKind } }: { readonly deal: Deal }) {
  return (
    <p className="soft small deal__past">
      Created <Moment at={createdAt} />
      {closedAt !== null && (
        <>
          {' '}
          · {stageKind === 'won' ? 'Won' : 'Lost'} <Moment at={closedAt} />
        </>
      )}
    </p>
  );
}

function paidText({ paidMinor, refundedMinor, valueMinor, currency }: Deal): string {
  const paid = `${formatMoney(paidMinor, currency)} of ${formatMoney(valueMinor, currency)}`;
  return refundedMinor === 0 ? paid : `${paid}, ${formatMoney(refundedMinor, currency)} paid back`;
}
