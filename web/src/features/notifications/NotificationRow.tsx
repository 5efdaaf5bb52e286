import type { NotificationView, User } from '@splitline/functions/contracts';
import { Link, useLocation } from 'wouter';
import type { WorkspaceData } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { destinationOf } from './destination.ts';
import { finderOf } from './find-destination.ts';
import { kinds } from './kinds.ts';

interface NotificationRowProps {
  readonly data: WorkspaceData;
  readonly notification: NotificationView;
  readonly role: User['role'];
  readonly isUnread: boolean;
  readonly onRead: () => void;
}

/** One thing that the person was told; following it marks it as read. */
export function NotificationRow(props: NotificationRowProps) {
  const { notification, isUnread, onRead } = props;
  const { kind, body, at } = notification;
  return (
    <li className="rows__row notification" data-unread={isUnread}>
      <span className="notification__icon">
        <Icon name={kinds[kind].icon} size={18} />
      </span>
      <div className="notification__text">
        <p className="notification__title">
          <NotificationTitle {...props} />
          {isUnread && <span className="visually-hidden"> (unread)</span>}
        </p>
        {body !== '' && <p className="notification__body">{body}</p>}
        <Moment className="soft small" at={at} />
      </div>
      {isUnread && (
        <button className="button button--quiet button--small" type="button" onClick={onRead}>
          Mark read
        </button>
      )}
    </li>
  );
}

/** A way to the record, as far as there is one. */
function NotificationTitle({ data, notification, role, isUnread, onRead }: NotificationRowProps) {
  const { title } = notification;
  const readNow = () => {
    if (isUnread) onRead();
  };
  const href = destinationOf(notification, role);
  if (href !== undefined) {
    return (
      <Link className="notification__link" href={href} onClick={readNow}>
        {title}
      </Link>
    );
  }
  const find = finderOf(notification, data, role);
  if (find === undefined) return title;
  return (
    <LookUpLink find={find} onFound={readNow}>
      {title}
    </LookUpLink>
  );
}

interface LookUpLinkProps {
  /** Where it leads; rejects when that cannot be told. */
  readonly find: () => Promise<string | undefined>;
  readonly onFound: () => void;
  readonly children: string;
}

/** Leads to where only the server knows. */
function LookUpLink({ find, onFound, children }: LookUpLinkProps) {
  const [, navigate] = useLocation();
  const { warn } = useNotices();
  const follow = async () => {
    try {
      const href = await find();
      onFound();
      if (href !== undefined) navigate(href);
    } catch (error) {
      warn(`“${children}” cannot be opened. ${toProblem(error).message}`);
    }
  };
  return (
    <button className="notification__link" type="button" onClick={() => void follow()}>
      {children}
    </button>
  );
}
