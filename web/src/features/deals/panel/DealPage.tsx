import type { Deal } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Stored } from '../../../data/port.ts';
import type { OwnedView } from '../../../data/records.ts';
import { CustomFieldsSection } from '../../records/CustomFieldsSection.tsx';
import { NotesSection } from '../../records/NotesSection.tsx';
import { TasksSection } from '../../records/TasksSection.tsx';
import { canAssign, canChange } from '../can-change.ts';
import { applyMove } from '../pending-moves.ts';
import { Appointments } from './Appointments.tsx';
import { DealEarnings } from './DealEarnings.tsx';
import { DealFields } from './DealFields.tsx';
import { DealHead } from './DealHead.tsx';
import { DealLinks } from './DealLinks.tsx';
import { DealMessages } from './DealMessages.tsx';
import { DealRuns } from './DealRuns.tsx';
import { DealSplits } from './DealSplits.tsx';
import { DealTags } from './DealTags.tsx';
import { DealTimeline } from './DealTimeline.tsx';
import { StagePath } from './StagePath.tsx';
import { useDealChange } from './useDealChange.ts';
import '../../records/records.css';
import type { DealPageProps } from './deal-page-props.ts';
import './deal-page.css';

/** One deal with all that belongs to it. */
export default function DealPage(props: DealPageProps) {
  const { data, member, deal, pipeline } = props;
  const { rest } = data;
  const { people } = pipeline;
  const [happened, setHappened] = useState(0);
  const onHappened = () => setHappened((count) => count + 1);
  const change = useDealChange(rest, deal);
  const shown = applyMove(deal, pipeline.moves.get(deal.id));
  const isChangeable = canChange(member, deal);
  const isOverseen = canAssign(member, deal);
  const subject = { recordType: 'deal', recordId: deal.id } as const;
  const record = toOwnedView(deal);
  return (
    <div className="deal">
      <DealHead {...props} isChangeable={isChangeable} />
      <StagePath rest={rest} deal={shown} pipeline={pipeline} isChangeable={isChangeable} />
      <DealFields {...{ deal: shown, record, member, people, isChangeable, change }} />
      <DealTags deal={deal} isChangeable={isChangeable} change={change} />
      <CustomFieldsSection {...{ data, record, people, isChangeable, change }} recordType="deal" />
      <DealLinks rest={rest} deal={deal} isChangeable={isChangeable} change={change} />
      <DealSplits {...{ rest, deal, member, people, isOverseen, change }} />
      <DealEarnings {...{ data, member, deal, pipeline, isOverseen }} />
      <TasksSection rest={rest} subject={subject} people={people} onChange={onHappened} />
      <NotesSection {...{ rest, subject, member, people }} onChange={onHappened} />
      <DealMessages data={data} contacts={deal.contacts} />
      <Appointments rest={rest} dealId={deal.id} people={people} />
      {isOverseen && <DealRuns rest={rest} dealId={deal.id} member={member} />}
      <DealTimeline {...{ data, member, deal, pipeline, happened, onHappened }} />
    </div>
  );
}

/** What the parts that all records share know of a record. */
function toOwnedView(deal: Stored<Deal>): OwnedView {
  const { id, tags, customFields, ownerId, teamId, version, createdAt, updatedAt } = deal;
  return {
    ...{ id, tags, customFields, ownerId, teamId, version },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
