import { useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import type { Conversion, LeadView } from '../../data/records.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { nameOfLead } from '../records/names.ts';
import type { RecordParts } from '../records/RecordPanel.tsx';
import { ConvertDialog } from './ConvertDialog.tsx';

interface ConvertButtonProps extends Pick<RecordParts<LeadView>, 'record' | 'show'> {
  readonly data: WorkspaceData;
}

/** Turns a lead into a contact; afterwards its panel leads to what was made. */
export function ConvertButton({ record, show, data }: ConvertButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { announce } = useNotices();
  if (record.status === 'CONVERTED') return null;
  const onConverted = (made: Conversion) => {
    const now = new Date().toISOString();
    show({
      ...record,
      status: 'CONVERTED',
      convertedAt: now,
      convertedContactId: made.contactId,
      convertedCompanyId: made.companyId,
      convertedDealId: made.dealId,
      version: record.version + 1,
      updatedAt: now,
    });
    announce(`${nameOfLead(record)} was converted.`);
  };
  return (
    <>
      <button
        className="button button--primary button--small"
        type="button"
        onClick={() => setIsOpen(true)}
      >
        Convert…
      </button>
      {isOpen && (
        <ConvertDialog
          data={data}
          lead={record}
          onClose={() => setIsOpen(false)}
          onConverted={onConverted}
        />
      )}
    </>
  );
}
