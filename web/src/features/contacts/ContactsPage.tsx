import type { User } from '@splitline/functions/contracts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import type { ContactView } from '../../data/records.ts';
import { AddRecordDialog } from '../records/AddRecordDialog.tsx';
import { contactKind } from '../records/kinds.ts';
import { MergeButton } from '../records/MergeButton.tsx';
import { RecordPanel } from '../records/RecordPanel.tsx';
import { RecordsPage } from '../records/RecordsPage.tsx';
import { TagList } from '../records/TagList.tsx';
import { TextFields } from '../records/TextFields.tsx';
import { CompaniesSection } from './CompaniesSection.tsx';
import { ContactDeals } from './ContactDeals.tsx';
import { addFields, contactFields, JOINED, mergeFields } from './contact-fields.ts';

interface ContactsPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly openId: string | undefined;
}

/** The people that the member may see, and beside them the one that the address names. */
export default function ContactsPage(props: ContactsPageProps) {
  const { data, member } = props;
  return (
    <RecordsPage
      {...props}
      kind={contactKind}
      detailOf={detailOf}
      asideOf={({ tags }) => <TagList tags={tags} />}
      emptyHint="No contacts yet. Add the first one, or convert a lead."
      renderAdd={(dialog) => (
        <AddRecordDialog {...dialog} rest={data.rest} kind={contactKind} fields={addFields} />
      )}
      renderPanel={(panel) => (
        <RecordPanel
          {...panel}
          key={panel.id}
          kind={contactKind}
          actions={(parts) => (
            <MergeButton
              {...{ ...parts, ...panel, kind: contactKind, fields: mergeFields, joined: JOINED }}
            />
          )}
          fields={(parts) => <TextFields {...parts} fields={contactFields} />}
          links={(parts) => (
            <>
              <CompaniesSection {...parts} rest={data.rest} />
              <ContactDeals data={data} member={member} contactId={parts.record.id} />
            </>
          )}
        />
      )}
    />
  );
}

function detailOf({ email, phone, title, company }: ContactView) {
  return [title, company, email, phone].filter((part) => part !== null).join(' · ');
}
