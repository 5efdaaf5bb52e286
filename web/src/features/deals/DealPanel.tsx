import type { Deal, User } from '@splitline/functions/contracts';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Failure, Loading, StateMessage } from '../../ui/StateMessage.tsx';
import { canChange } from './can-change.ts';
import { DealEarnings } from './DealEarnings.tsx';
import { DealFacts } from './DealFacts.tsx';
import { DealTimeline } from './DealTimeline.tsx';
import { DealTitle } from './DealTitle.tsx';
import { applyMove } from './pending-moves.ts';
import type { Pipeline } from './usePipeline.ts';
import './deal-panel.css';

interface DealPanelProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly dealId: string;
  readonly pipeline: Pipeline;
  readonly onClose: () => void;
}

/** One deal with its fields and what happened to it; Escape closes it. */
export function DealPanel({ data, member, dealId, pipeline, onClose }: DealPanelProps) {
  const live = useLive(useMemo(() => data.watchDeal(dealId), [data, dealId]));
  const element = useRef<HTMLElement>(null);
  useEffect(() => element.current?.focus(), []);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
  };
  return (
    <aside
      ref={element}
      className="panel"
      aria-label="Deal"
      tabIndex={-1}
      onKeyDown={closeOnEscape}
    >
      <div className="panel__bar">
        <span className="panel__kind">Deal</span>
        <button className="icon-button" type="button" aria-label="Close deal" onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <PanelContent live={live}>
        {(stored) => {
          const deal = applyMove(stored, pipeline.moves.get(dealId));
          const isChangeable = canChange(member, deal);
          return (
            <>
              <DealTitle data={data} deal={deal} isChangeable={isChangeable} />
              <DealFacts deal={deal} pipeline={pipeline} isChangeable={isChangeable} />
              <DealEarnings data={data} member={member} deal={stored} pipeline={pipeline} />
              <DealTimeline data={data} member={member} deal={stored} pipeline={pipeline} />
            </>
          );
        }}
      </PanelContent>
    </aside>
  );
}

interface PanelContentProps {
  readonly live: ReturnType<typeof useLive<Stored<Deal> | undefined>>;
  readonly children: (deal: Stored<Deal>) => ReactNode;
}

function PanelContent({ live, children }: PanelContentProps) {
  if (live.status === 'loading') return <Loading what="the deal" />;
  if (live.status === 'failed') {
    // Rules answer alike for a deal that is absent and one that is somebody else's.
    return (
      <Failure
        title="This deal cannot be shown"
        message="It does not exist, or it is not visible to you. Ask its owner to add you."
        onRetry={live.retry}
      />
    );
  }
  if (live.value === undefined || live.value.deletedAt !== null) {
    return (
      <StateMessage title="This deal cannot be shown">
        It was deleted, or its stored data is not valid. Tell your administrator.
      </StateMessage>
    );
  }
  return children(live.value);
}
