import type { Deal, User } from '@splitline/functions/contracts';
import type { Stored, WorkspaceData } from '../../../data/port.ts';
import type { Pipeline } from '../usePipeline.ts';

/** One deal, and the pipeline that it stands in. */
export interface DealPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  /** As the listener has it. */
  readonly deal: Stored<Deal>;
  readonly pipeline: Pipeline;
  readonly onClose: () => void;
}
