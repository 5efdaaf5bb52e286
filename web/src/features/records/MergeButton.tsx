import { useState } from 'react';
import type { OwnedView } from '../../data/records.ts';
import { usePeople } from '../../data/usePeople.ts';
import type { Kind } from './kinds.ts';
import { MergeDialog } from './MergeDialog.tsx';
import type { MergeField } from './merge.ts';
import type { RecordParts } from './RecordPanel.tsx';
import type { RecordProps } from './RecordsPage.tsx';

interface MergeButtonProps<T extends OwnedView>
  extends Pick<RecordParts<T>, 'record' | 'show' | 'onHappened'>,
    Pick<RecordProps<T>, 'data' | 'onChange'> {
  readonly kind: Kind<T>;
  readonly fields: readonly MergeField[];
  readonly joined: string;
}

/** Asks which record to merge into this one, and how. */
export function MergeButton<T extends OwnedView>(props: MergeButtonProps<T>) {
  const { data, kind, record, fields, joined, show, onHappened, onChange } = props;
  const [isOpen, setIsOpen] = useState(false);
  const people = usePeople(data);
  return (
    <>
      <button className="button button--small" type="button" onClick={() => setIsOpen(true)}>
        Merge…
      </button>
      {isOpen && (
        <MergeDialog
          {...{ kind, record, fields, joined, people }}
          rest={data.rest}
          onClose={() => setIsOpen(false)}
          onMerged={(merged, otherId) => {
            show(merged);
            onChange(otherId, undefined);
            onHappened();
          }}
        />
      )}
    </>
  );
}
