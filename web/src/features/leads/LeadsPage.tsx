import type { User } from '@splitline/functions/contracts';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import type { LeadView } from '../../data/records.ts';
import { InlineSelect } from '../../ui/InlineField.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { AddRecordDialog } from '../records/AddRecordDialog.tsx';
import { leadKind } from '../records/kinds.ts';
import { RecordPanel, type RecordParts } from '../records/RecordPanel.tsx';
import { RecordsPage } from '../records/RecordsPage.tsx';
import { TextFields } from '../records/TextFields.tsx';
import { ConvertButton } from './ConvertButton.tsx';
import { addFields, leadFields, statusNames } from './lead-fields.ts';

interface LeadsPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly openId: string | undefined;
}

const statuses = ['NEW', 'CONTACTED', 'QUALIFIED', 'CONVERTED'] as const;
const tabs = [
  { id: 'ALL', name: 'All' },
  ...statuses.map((id) => ({ id, name: statusNames[id] })),
] as const;

/** The leads of one status that the member may see, and beside them the one that the address names. */
export default function LeadsPage(props: LeadsPageProps) {
  const { data } = props;
  const [status, setStatus] = useState<(typeof tabs)[number]['id']>('ALL');
  const narrow = useMemo(() => (status === 'ALL' ? {} : { status }), [status]);
  return (
    <RecordsPage
      {...props}
      kind={leadKind}
      narrow={narrow}
      filters={<Tabs label="Status" tabs={tabs} chosen={status} onChoose={setStatus} />}
      detailOf={detailOf}
      asideOf={(lead) => <StatusTag status={lead.status} />}
      emptyHint={
        status === 'ALL'
          ? 'No leads yet. Add the first one.'
          : `No lead is ${statusNames[status].toLowerCase()}. Choose another status.`
      }
      renderAdd={(dialog) => (
        <AddRecordDialog {...dialog} rest={data.rest} kind={leadKind} fields={addFields} />
      )}
      renderPanel={(panel) => (
        <RecordPanel
          {...panel}
          key={panel.id}
          kind={leadKind}
          actions={(parts) => <ConvertButton {...parts} data={data} />}
          fields={(parts) => <LeadFields {...parts} />}
          links={({ record }) => <Converted lead={record} />}
        />
      )}
    />
  );
}

function detailOf(lead: LeadView) {
  const person = lead.businessName === null ? null : lead.contactName;
  return [person, lead.email, lead.phone, lead.city].filter((part) => part !== null).join(' · ');
}

function StatusTag({ status }: { readonly status: LeadView['status'] }) {
  const tone = status === 'NEW' || status === 'QUALIFIED' ? 'accent' : undefined;
  return (
    <span className="tag" data-tone={tone}>
      {statusNames[status]}
    </span>
  );
}

function LeadFields(parts: RecordParts<LeadView>) {
  const { record, isChangeable, change } = parts;
  const isConverted = record.status === 'CONVERTED';
  return (
    <>
      <InlineSelect
        label="Status"
        value={record.status}
        // A lead is converted by what it becomes, not by a choice.
        options={statuses
          .filter((status) => isConverted || status !== 'CONVERTED')
          .map((status) => ({ value: status, label: statusNames[status] }))}
        isChangeable={isChangeable && !isConverted}
        onSave={(status) => change({ status })}
      />
      <TextFields {...parts} fields={leadFields} />
    </>
  );
}

/** What became of a lead. */
function Converted({ lead }: { readonly lead: LeadView }) {
  const made = [
    { href: '/contacts', name: 'The contact', id: lead.convertedContactId },
    { href: '/companies', name: 'The company', id: lead.convertedCompanyId },
    { href: '/deals', name: 'The deal', id: lead.convertedDealId },
  ].filter(({ id }) => id !== null);
  if (made.length === 0) return null;
  return (
    <section className="side-panel__section" aria-label="Converted to">
      <h3>Converted to</h3>
      <ul className="links">
        {made.map(({ href, name, id }) => (
          <li key={href} className="links__link">
            <Link href={`${href}/${id}`} className="links__name">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
