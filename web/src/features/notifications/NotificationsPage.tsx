import type { User } from '@splitline/functions/contracts';
import { useSearchParams } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { Loading } from '../../ui/StateMessage.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { NotificationList } from './NotificationList.tsx';
import { NotificationSettings } from './NotificationSettings.tsx';
import { useUnread } from './useUnread.ts';
import './notifications.css';

interface NotificationsPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
}

const tabs = [
  { id: 'all', name: 'All' },
  { id: 'unread', name: 'Unread' },
  { id: 'settings', name: 'Settings' },
] as const;

/** What the person was told, and what they want to be told. */
export default function NotificationsPage({ data, member }: NotificationsPageProps) {
  const [query, setQuery] = useSearchParams();
  const view = tabs.find(({ id }) => id === query.get('view'))?.id ?? 'all';
  return (
    <div className="page">
      <title>Notifications · Splitline</title>
      <div className="page__content">
        <div className="page__head">
          <h1 className="page__title">Notifications</h1>
          <Tabs
            label="What to show"
            tabs={tabs}
            chosen={view}
            onChoose={(id) => setQuery(id === 'all' ? {} : { view: id }, { replace: true })}
          />
        </div>
        {view === 'settings' ? (
          <NotificationSettings rest={data.rest} role={member.role} />
        ) : (
          <Told key={view} data={data} role={member.role} isUnreadOnly={view === 'unread'} />
        )}
      </div>
    </div>
  );
}

interface ToldProps {
  readonly data: WorkspaceData;
  readonly role: User['role'];
  readonly isUnreadOnly: boolean;
}

/** The list waits for the listener: what is unread begins it anew when something comes. */
function Told({ data, role, isUnreadOnly }: ToldProps) {
  const unread = useUnread(data);
  if (unread.live.status === 'loading') return <Loading what="notifications" />;
  return <NotificationList data={data} role={role} isUnreadOnly={isUnreadOnly} unread={unread} />;
}
