import { useCallback, useState } from 'react';
import { type Payout, type Period, payoutListSchema } from '../../data/payouts.ts';
import type { Rest, WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { usePeople } from '../../data/usePeople.ts';
import { nothingToReload, usePolling } from '../../data/usePolling.ts';
import { saveFile } from '../../ui/files.ts';
import { formatMoney } from '../../ui/format.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { periodLabel } from '../earnings/spans.ts';
import { ApproveAllDialog } from './ApproveAllDialog.tsx';
import { PayoutRow } from './PayoutRow.tsx';
import { type AskedStep, StepDialog } from './StepDialog.tsx';
import { usePayableByStripe } from './usePayableByStripe.ts';

interface PeriodPayoutsProps {
  readonly data: WorkspaceData;
  readonly period: Period;
}

/** The payouts of a period, and what is to be done to them. */
export function PeriodPayouts({ data, period }: PeriodPayoutsProps) {
  const { rest } = data;
  const { id } = period;
  const list = useLoad(useCallback(() => loadPayouts(rest, id), [rest, id]));
  const isReady = list.status === 'ready';
  const isSending = isReady && list.value.some(({ status }) => status === 'sending');
  usePolling(isSending, isReady ? list.reload : nothingToReload);
  if (list.status === 'loading') return <Loading what="the payouts" />;
  if (list.status === 'failed') {
    return (
      <Failure
        title="The payouts cannot be shown"
        message={list.problem.message}
        onRetry={list.reload}
      />
    );
  }
  return (
    <section className="section" aria-labelledby="payouts-title">
      <Stale problem={list.problem} reload={list.reload} />
      <Payouts data={data} period={period} payouts={list.value} reload={list.reload} />
    </section>
  );
}

async function loadPayouts(rest: Rest, periodId: string): Promise<Payout[]> {
  const payouts: Payout[] = [];
  let cursor: string | undefined;
  do {
    const query = { periodId, cursor, limit: '100' };
    const page = await rest.get('/api/payouts', payoutListSchema, query);
    payouts.push(...page.payouts);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return payouts;
}

interface PayoutsProps extends PeriodPayoutsProps {
  readonly payouts: readonly Payout[];
  readonly reload: () => void;
}

function Payouts({ data, period, payouts, reload }: PayoutsProps) {
  const people = usePeople(data);
  const payable = usePayableByStripe(data.rest);
  const [asked, setAsked] = useState<AskedStep>();
  const [isApproving, setIsApproving] = useState(false);
  const nameOf = ({ payeeId }: Payout) => people.get(payeeId)?.name ?? 'Unknown person';
  const drafts = payouts.filter(({ status }) => status === 'draft');
  const refresh = () => {
    setAsked(undefined);
    reload();
  };
  return (
    <>
      <div className="section__head">
        <div>
          <h2 className="section__title" id="payouts-title">
            Payouts of {periodLabel(period)}
          </h2>
          <p className="soft">{totalsOf(payouts)}</p>
        </div>
        <div className="page__actions">
          {payouts.length > 0 && <ExportButton rest={data.rest} periodId={period.id} />}
          {drafts.length > 0 && (
            <button
              className="button button--primary"
              type="button"
              onClick={() => setIsApproving(true)}
            >
              Approve all {drafts.length}…
            </button>
          )}
        </div>
      </div>
      <ul className="rows" aria-label="Payouts">
        {payouts.length === 0 && (
          <li className="rows__empty">
            {period.status === 'closing'
              ? 'Payouts are being drafted.'
              : 'Nobody had anything to be paid.'}
          </li>
        )}
        {payouts.map((payout) => (
          <PayoutRow
            key={payout.id}
            payout={payout}
            payeeName={nameOf(payout)}
            isPayableByStripe={payable.has(payout.payeeId)}
            onStep={(step) => setAsked({ step, payout, payeeName: nameOf(payout) })}
          />
        ))}
      </ul>
      {asked !== undefined && (
        <StepDialog
          rest={data.rest}
          asked={asked}
          onClose={() => setAsked(undefined)}
          onDone={refresh}
        />
      )}
      {isApproving && (
        <ApproveAllDialog
          rest={data.rest}
          drafts={drafts}
          nameOf={nameOf}
          onClose={() => {
            setIsApproving(false);
            reload();
          }}
        />
      )}
    </>
  );
}

/** What the payouts come to, by currency; what was voided is not paid. */
function totalsOf(payouts: readonly Payout[]): string {
  const totals = new Map<string, number>();
  for (const { status, currency, amountMinor } of payouts) {
    if (status !== 'voided') totals.set(currency, (totals.get(currency) ?? 0) + amountMinor);
  }
  return [...totals].map(([currency, minor]) => formatMoney(minor, currency)).join(' + ');
}

function ExportButton({ rest, periodId }: { readonly rest: Rest; readonly periodId: string }) {
  const { warn } = useNotices();
  const save = async () => {
    const file = () => rest.open('/api/payouts.csv', { periodId });
    const problem = await saveFile(file, `payouts-${periodId}.csv`);
    if (problem !== undefined) warn(problem.message);
  };
  return (
    <button className="button" type="button" onClick={() => void save()}>
      Download CSV
    </button>
  );
}
