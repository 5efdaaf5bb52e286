import type { User } from '@splitline/functions/contracts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import type { CompanyView } from '../../data/records.ts';
import { AddRecordDialog } from '../records/AddRecordDialog.tsx';
import { companyKind } from '../records/kinds.ts';
import { MergeButton } from '../records/MergeButton.tsx';
import { RecordPanel } from '../records/RecordPanel.tsx';
import { RecordsPage } from '../records/RecordsPage.tsx';
import { TagList } from '../records/TagList.tsx';
import { TextFields } from '../records/TextFields.tsx';
import { CompanyDeals } from './CompanyDeals.tsx';
import { addFields, companyFields, JOINED, mergeFields } from './company-fields.ts';
import { PeopleSection } from './PeopleSection.tsx';

interface CompaniesPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly openId: string | undefined;
}

/** The companies of the organisation, which everybody sees, and beside them the one that the address names. */
export default function CompaniesPage(props: CompaniesPageProps) {
  const { data } = props;
  return (
    <RecordsPage
      {...props}
      kind={companyKind}
      detailOf={detailOf}
      asideOf={({ tags }) => <TagList tags={tags} />}
      emptyHint="No companies yet. Add the first one, or convert a lead."
      renderAdd={(dialog) => (
        <AddRecordDialog {...dialog} rest={data.rest} kind={companyKind} fields={addFields} />
      )}
      renderPanel={(panel) => (
        <RecordPanel
          {...panel}
          key={panel.id}
          kind={companyKind}
          actions={(parts) => (
            <MergeButton
              {...{ ...parts, ...panel, kind: companyKind, fields: mergeFields, joined: JOINED }}
            />
          )}
          fields={(parts) => <TextFields {...parts} fields={companyFields} />}
          links={({ record, onHappened }) => (
            <>
              <PeopleSection rest={data.rest} companyId={record.id} onHappened={onHappened} />
              <CompanyDeals data={data} companyId={record.id} />
            </>
          )}
        />
      )}
    />
  );
}

function detailOf({ domain, industry, city, phone }: CompanyView) {
  return [domain, industry, city, phone].filter((part) => part !== null).join(' · ');
}
