import type { Deal } from '@splitline/functions/contracts';
import type { ReactNode } from 'react';
import type { Stored } from '../../data/port.ts';
import { formatDay, formatMoment, formatMoney } from '../../ui/format.ts';
import { Person } from '../../ui/Person.tsx';
import { StageMenu, StageName } from './StageMenu.tsx';
import type { Pipeline } from './usePipeline.ts';

interface DealFactsProps {
  readonly deal: Stored<Deal>;
  readonly pipeline: Pipeline;
  readonly isChangeable: boolean;
}

/** The fields of a deal; the stage can be changed right here. */
export function DealFacts({ deal, pipeline, isChangeable }: DealFactsProps) {
  return (
    <dl className="facts">
      <Fact name="Stage">
        <StageFact deal={deal} pipeline={pipeline} isChangeable={isChangeable} />
      </Fact>
      <Fact name="Value">{formatMoney(deal.valueMinor, deal.currency)}</Fact>
      <Fact name="Probability">{deal.probability}%</Fact>
      <Fact name="Owner">
        <Person name={pipeline.people.get(deal.ownerId)?.name} />
      </Fact>
      <Fact name="Expected close">
        {deal.expectedCloseDate === null ? 'Not set' : formatDay(deal.expectedCloseDate)}
      </Fact>
      {deal.closedAt !== null && <Fact name="Closed">{formatMoment(deal.closedAt)}</Fact>}
      <Fact name="Created">{formatMoment(deal.createdAt)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="facts__row">
      <dt className="facts__name">{name}</dt>
      <dd className="facts__value">{children}</dd>
    </div>
  );
}

function StageFact({ deal, pipeline, isChangeable }: DealFactsProps) {
  const { stages, moveDeal } = pipeline;
  const current = stages.find((stage) => stage.id === deal.stageId);
  const shown = <StageName stage={current} />;
  if (!isChangeable) return shown;
  return (
    <StageMenu
      deal={deal}
      stages={stages}
      onMove={moveDeal}
      name={`${current?.name ?? 'Unknown stage'}: move to another stage`}
      className="facts__stage button"
    >
      {shown}
    </StageMenu>
  );
}
