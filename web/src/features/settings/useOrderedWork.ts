import { useState } from 'react';
import type { OrderedWork } from './JobNotice.tsx';

/** The work that was ordered while the section is open, the latest first. */
export function useOrderedWork() {
  const [works, setWorks] = useState<readonly OrderedWork[]>([]);
  return {
    works,
    add: (work: OrderedWork) => setWorks((before) => [work, ...before]),
    dismiss: (jobId: string) => setWorks((before) => before.filter((work) => work.jobId !== jobId)),
  };
}
