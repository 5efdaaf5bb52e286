import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { type PipelineView, readView, writeView } from './filters.ts';

/** Changes part of how the pipeline is looked at; typing replaces the address instead of adding to it. */
export type ChangeView = (change: Partial<PipelineView>, options?: { replace?: boolean }) => void;

/** The view that the address says, and how to change it there. */
export function useView(): {
  readonly view: PipelineView;
  readonly search: string;
  readonly changeView: ChangeView;
} {
  const [path, navigate] = useLocation();
  const address = useSearch();
  const view = useMemo(() => readView(new URLSearchParams(address)), [address]);
  const changeView = useCallback<ChangeView>(
    (change, options) => navigate(path + writeView({ ...view, ...change }), options),
    [navigate, path, view],
  );
  return { view, search: address === '' ? '' : `?${address}`, changeView };
}
