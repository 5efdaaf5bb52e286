import type { User } from '@splitline/functions/contracts';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Stored } from '../../data/port.ts';
import type { OwnedView } from '../../data/records.ts';
import { useLive } from '../../data/useLive.ts';
import type { Loaded } from '../../data/useLoad.ts';
import { usePeople } from '../../data/usePeople.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Loading, StateMessage } from '../../ui/StateMessage.tsx';
import { canChange } from '../deals/can-change.ts';
import { CustomFieldsSection } from './CustomFieldsSection.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { HistorySection } from './HistorySection.tsx';
import type { Kind } from './kinds.ts';
import { NotesSection } from './NotesSection.tsx';
import { OwnerField } from './OwnerField.tsx';
import type { RecordProps } from './RecordsPage.tsx';
import { TagsSection } from './TagsSection.tsx';
import { TasksSection } from './TasksSection.tsx';
import { useRecord } from './useRecord.ts';

/** What the kind's own parts of a panel work with. */
export interface RecordParts<T> {
  readonly record: T;
  readonly isChangeable: boolean;
  readonly change: (change: object) => Promise<void>;
  readonly show: (record: T) => void;
  /** Something happened that the history shall show. */
  readonly onHappened: () => void;
}

interface RecordPanelProps<T extends OwnedView> extends RecordProps<T> {
  readonly kind: Kind<T>;
  /** Buttons beside Delete, for those who may change the record. */
  readonly actions: (parts: RecordParts<T>) => ReactNode;
  readonly fields: (parts: RecordParts<T>) => ReactNode;
  /** What it is linked to. */
  readonly links: (parts: RecordParts<T>) => ReactNode;
}

/** One contact, company or lead with all that belongs to it. */
export function RecordPanel<T extends OwnedView>(props: RecordPanelProps<T>) {
  const { kind, data, id, onChange, onClose } = props;
  const state = useRecord(data.rest, kind, id, onChange);
  const name = kind.type.charAt(0).toUpperCase() + kind.type.slice(1);
  return (
    <Panel kind={name} onClose={onClose}>
      <PanelState loaded={state.loaded} kind={kind} onClose={onClose} />
      {state.loaded.status === 'ready' && (
        <Content {...props} {...state} record={state.loaded.value} reload={state.loaded.reload} />
      )}
    </Panel>
  );
}

interface PanelStateProps<T extends OwnedView> {
  readonly loaded: Loaded<T>;
  readonly kind: Kind<T>;
  readonly onClose: () => void;
}

function PanelState<T extends OwnedView>({ loaded, kind, onClose }: PanelStateProps<T>) {
  if (loaded.status === 'loading') return <Loading what={`the ${kind.noun}`} />;
  if (loaded.status === 'ready') return <Stale problem={loaded.problem} reload={loaded.reload} />;
  return (
    <StateMessage
      title={`This ${kind.noun} cannot be shown`}
      actions={
        <>
          <button className="button" type="button" onClick={loaded.reload}>
            Try again
          </button>
          <button className="button" type="button" onClick={onClose}>
            Back to the list
          </button>
        </>
      }
    >
      {loaded.problem.message} It may have been deleted, or belong to somebody whose {kind.plural}{' '}
      you do not see.
    </StateMessage>
  );
}

interface ContentProps<T extends OwnedView>
  extends RecordPanelProps<T>,
    Pick<RecordParts<T>, 'record' | 'change' | 'show'> {
  readonly reload: () => void;
}

function Content<T extends OwnedView>(props: ContentProps<T>) {
  const { kind, data, member, record, change, show } = props;
  const { rest } = data;
  const people = usePeople(data);
  const [happened, setHappened] = useState(0);
  const onHappened = () => setHappened((count) => count + 1);
  const isChangeable = canChange(member, record);
  const eventVersion = useEventVersion(props, props.reload);
  const parts: RecordParts<T> = { record, isChangeable, change, show, onHappened };
  const subject = { recordType: kind.type, recordId: record.id };
  return (
    <>
      <PanelHead {...props} isChangeable={isChangeable} people={people}>
        {props.actions(parts)}
      </PanelHead>
      <div className="inline-fields">
        {props.fields(parts)}
        <OwnerField record={record} member={member} people={people} change={change} />
      </div>
      <TagsSection
        rest={rest}
        kind={kind}
        record={record}
        isChangeable={isChangeable}
        show={show}
      />
      <CustomFieldsSection
        {...{ data, record, people, isChangeable, change }}
        recordType={kind.type}
      />
      {props.links(parts)}
      <TasksSection rest={rest} subject={subject} people={people} onChange={onHappened} />
      <NotesSection {...{ rest, subject, member, people }} onChange={onHappened} />
      <HistorySection
        rest={rest}
        subject={subject}
        people={people}
        signal={`${eventVersion} ${happened}`}
        isBehind={isChangeable && eventVersion !== undefined && eventVersion < record.version}
      />
    </>
  );
}

/** The version that the latest event made. The server writes it after the change, and others change records too. */
function useEventVersion<T extends OwnedView>(
  { data, member, record }: ContentProps<T>,
  reload: () => void,
): number | undefined {
  const { id, version } = record;
  const live = useLive(useMemo(() => data.watchLatestEvent(member, id), [data, member, id]));
  const latest = live.status === 'ready' ? (live.value.records[0]?.version ?? 0) : undefined;
  const isOutdated = latest !== undefined && latest > version;
  useEffect(() => {
    if (isOutdated) reload();
  }, [isOutdated, reload]);
  return latest;
}

interface PanelHeadProps<T extends OwnedView> extends ContentProps<T> {
  readonly isChangeable: boolean;
  readonly people: ReadonlyMap<string, Stored<User>>;
  readonly children: ReactNode;
}

function PanelHead<T extends OwnedView>(props: PanelHeadProps<T>) {
  const { kind, data, record, isChangeable, people, children } = props;
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <>
      <h2 className="records__title">{kind.nameOf(record)}</h2>
      {isChangeable ? (
        <div className="page__actions">
          {children}
          <button
            className="button button--small"
            type="button"
            onClick={() => setIsDeleting(true)}
          >
            Delete…
          </button>
        </div>
      ) : (
        <p className="soft">
          It belongs to {people.get(record.ownerId)?.name ?? 'somebody else'}, so you can read it
          and not change it.
        </p>
      )}
      {isDeleting && (
        <DeleteDialog
          rest={data.rest}
          kind={kind}
          record={record}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => {
            props.onChange(record.id, undefined);
            props.onClose();
          }}
          onRestored={props.onReload}
        />
      )}
    </>
  );
}
