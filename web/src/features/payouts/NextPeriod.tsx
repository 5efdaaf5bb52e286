import { useState } from 'react';
import type { OpenPeriod } from '../../data/payouts.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { formatMomentIn } from '../../ui/format.ts';
import { periodLabel } from '../earnings/spans.ts';
import { CloseDialog } from './CloseDialog.tsx';

interface NextPeriodProps {
  readonly data: WorkspaceData;
  readonly period: OpenPeriod;
  readonly onClosing: () => void;
}

/** The period that is to be closed next. */
export function NextPeriod({ data, period, onClosing }: NextPeriodProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isOver = new Date(period.closableFrom) <= new Date();
  return (
    <section className="next" aria-labelledby="next-title">
      <div>
        <h2 id="next-title">{periodLabel(period)}</h2>
        <p className="soft">
          {isOver
            ? 'This period is over and can be closed.'
            : `Under way. It can be closed from ${formatMomentIn(period.timeZone, period.closableFrom)}.`}
        </p>
      </div>
      <button
        className={isOver ? 'button button--primary' : 'button'}
        type="button"
        onClick={() => setIsOpen(true)}
      >
        {isOver ? 'Review and close…' : 'Preview'}
      </button>
      {isOpen && (
        <CloseDialog
          data={data}
          period={period}
          isOver={isOver}
          onClose={() => setIsOpen(false)}
          onClosing={() => {
            setIsOpen(false);
            onClosing();
          }}
        />
      )}
    </section>
  );
}
