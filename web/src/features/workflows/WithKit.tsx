import type { ReactNode } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { KitProvider, useLoadedKit } from './useKit.ts';

interface WithKitProps {
  readonly data: WorkspaceData;
  readonly children: ReactNode;
}

/** Shows its children once it is known what workflows are built of. */
export function WithKit({ data, children }: WithKitProps) {
  const loaded = useLoadedKit(data);
  if (loaded.status === 'loading') return <Loading what="what workflows are built of" />;
  if (loaded.status === 'failed') {
    return (
      <Failure
        title="Workflows cannot be shown"
        message={loaded.problem.message}
        onRetry={loaded.retry}
      />
    );
  }
  return <KitProvider value={loaded.kit}>{children}</KitProvider>;
}
