import type { Deal } from '@splitline/functions/contracts';
import { lazy, Suspense, useState } from 'react';
import type { WorkspaceData } from '../../../data/port.ts';
import { nameOfContact } from '../../records/names.ts';

/** Of use when somebody asks. */
const ContactMessages = lazy(async () => {
  const { ContactMessages: component } = await import('../../inbox/ContactMessages.tsx');
  return { default: component };
});

interface DealMessagesProps {
  readonly data: WorkspaceData;
  readonly contacts: Deal['contacts'];
}

/** What was said with the contacts of a deal, one contact at a time; nothing without a contact. */
export function DealMessages({ data, contacts }: DealMessagesProps) {
  const [openId, setOpenId] = useState<string>();
  if (contacts.length === 0) return null;
  const isOpen = contacts.some(({ id }) => id === openId);
  return (
    <>
      <div className="deal__adders">
        {contacts.map((contact) => (
          <button
            key={contact.id}
            className="button button--small"
            type="button"
            aria-expanded={contact.id === openId}
            onClick={() => setOpenId(contact.id === openId ? undefined : contact.id)}
          >
            Messages with {nameOfContact(contact)}
          </button>
        ))}
      </div>
      {openId !== undefined && isOpen && (
        <Suspense fallback={<p className="soft">Loading the messages…</p>}>
          <ContactMessages key={openId} data={data} contactId={openId} />
        </Suspense>
      )}
    </>
  );
}
