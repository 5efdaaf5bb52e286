import type { User } from '@splitline/functions/contracts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { StateMessage } from '../../ui/StateMessage.tsx';
import { WebhookDetail } from './WebhookDetail.tsx';
import { WebhookList } from './WebhookList.tsx';
import './webhooks.css';

interface WebhooksPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly openId: string | undefined;
}

/** The webhooks of the organisation, or the one that the address names with what it was sent. */
export default function WebhooksPage({ data, member, openId }: WebhooksPageProps) {
  if (member.role !== 'admin') {
    return (
      <StateMessage title="For administrators">
        Webhooks send the organisation’s events to other systems. They are looked after by the
        administrators of your organisation; ask one of them.
      </StateMessage>
    );
  }
  return openId === undefined ? (
    <WebhookList data={data} />
  ) : (
    <WebhookDetail key={openId} data={data} id={openId} />
  );
}
