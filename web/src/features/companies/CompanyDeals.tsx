import { useCallback } from 'react';
import type { Query, WorkspaceData } from '../../data/port.ts';
import { dealListSchema } from '../../data/records.ts';
import { useLive } from '../../data/useLive.ts';
import { usePages } from '../../data/usePages.ts';
import { formatMoney } from '../../ui/format.ts';
import { More } from '../../ui/More.tsx';
import { DealRow } from '../records/DealRow.tsx';
import { SectionState } from '../records/SectionState.tsx';

interface CompanyDealsProps {
  readonly data: WorkspaceData;
  readonly companyId: string;
}

/** The deals with a company that the member may see. */
export function CompanyDeals({ data, companyId }: CompanyDealsProps) {
  const { rest } = data;
  const list = usePages(
    useCallback(
      (at: Query) => rest.get('/api/deals', dealListSchema, { companyId, limit: '20', ...at }),
      [rest, companyId],
    ),
  );
  const stages = useLive(data.watchStages);
  const stageOf = (id: string) =>
    stages.status === 'ready' ? stages.value.records.find((stage) => stage.id === id) : undefined;
  return (
    <section className="side-panel__section" aria-label="Deals">
      <h3>Deals</h3>
      <SectionState
        list={list}
        what="deals"
        empty="No deal that you can see is with this company."
      />
      {list.status === 'ready' && (
        <>
          <ul className="links">
            {list.value.records.map(({ id, title, valueMinor, currency, stageId }) => (
              <DealRow
                key={id}
                id={id}
                title={title}
                amount={formatMoney(valueMinor, currency)}
                stage={stageOf(stageId)}
              />
            ))}
          </ul>
          <More pages={list.value} />
        </>
      )}
    </section>
  );
}
