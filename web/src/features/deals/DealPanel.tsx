import type { User } from '@splitline/functions/contracts';
import { lazy, Suspense, useMemo } from 'react';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Failure, Loading, StateMessage } from '../../ui/StateMessage.tsx';
import type { Pipeline } from './usePipeline.ts';
import './deal-panel.css';

/** The board does without it until a deal is opened. */
const DealPage = lazy(() => import('./panel/DealPage.tsx'));
const DeletedDeal = lazy(() => import('./panel/DeletedDeal.tsx'));

interface DealPanelProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly dealId: string;
  readonly pipeline: Pipeline;
  readonly onClose: () => void;
}

/** One deal beside the board; Escape closes it. */
export function DealPanel(props: DealPanelProps) {
  return (
    <Panel kind="Deal" onClose={props.onClose}>
      <Suspense fallback={<Loading what="the deal" />}>
        <Content {...props} />
      </Suspense>
    </Panel>
  );
}

function Content(props: DealPanelProps) {
  const { data, member, dealId } = props;
  const live = useLive(useMemo(() => data.watchDeal(dealId), [data, dealId]));
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
  if (live.value === undefined) {
    return (
      <StateMessage title="This deal cannot be shown">
        It was deleted, or its stored data is not valid. Tell your administrator.
      </StateMessage>
    );
  }
  if (live.value.deletedAt !== null) {
    return <DeletedDeal rest={data.rest} member={member} deal={live.value} />;
  }
  return <DealPage {...props} deal={live.value} />;
}
