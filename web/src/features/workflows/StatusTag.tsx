import type { WorkflowStatus } from '../../data/workflows.ts';
import { statusWords } from './words.ts';

/** Whether a workflow runs. */
export function StatusTag({ status }: { readonly status: WorkflowStatus }) {
  const { name, tone } = statusWords[status];
  return (
    <span className="tag" data-tone={tone}>
      {name}
    </span>
  );
}
