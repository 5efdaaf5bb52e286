import type { Loaded } from '../../data/useLoad.ts';
import type { Pages } from '../../data/usePages.ts';

interface SectionStateProps {
  readonly list: Loaded<Pick<Pages<unknown>, 'records'>>;
  /** What the list holds, in the plural. */
  readonly what: string;
  readonly empty: string;
}

/** Stands in a section whose list is not there, could not be loaded, or has nothing in it. */
export function SectionState({ list, what, empty }: SectionStateProps) {
  if (list.status === 'loading') return <p className="soft">Loading the {what}…</p>;
  if (list.status === 'ready' && list.problem === undefined) {
    return list.value.records.length === 0 ? <p className="soft">{empty}</p> : null;
  }
  return (
    <p className="message message--warning" role="alert">
      {list.status === 'failed' ? `The ${what} cannot be shown.` : 'This may be out of date.'}{' '}
      {list.problem?.message}{' '}
      <button className="button button--quiet" type="button" onClick={list.reload}>
        Try again
      </button>
    </p>
  );
}
