import type { User } from '@splitline/functions/contracts';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Outlook } from '../../data/messages.ts';
import type { Rest } from '../../data/port.ts';
import { formatDayIn, formatMomentIn, nameOfZone } from '../../ui/format.ts';
import { useSaving } from '../../ui/InlineField.tsx';
import { useTimeZone } from '../../ui/useTimeZone.ts';
import { channelNames } from './conversation-id.ts';

interface ObstacleProps {
  readonly rest: Rest;
  readonly role: User['role'];
  readonly outlook: Outlook;
  readonly onChange: () => void;
  /** Where one writes, if one may. */
  readonly children: ReactNode;
}

/** What keeps a message from being sent stands in the place where one would write it. */
export function Obstacle({ rest, role, outlook, onChange, children }: ObstacleProps) {
  const { contact, contactId, channel, to, from, optOut, heldUntil } = outlook;
  const how = channelNames[channel];
  if (to === null) {
    return (
      <p className="thread__obstacle message message--warning" role="status">
        {contact.firstName} has no {channel === 'EMAIL' ? 'e-mail address' : 'phone number'}.{' '}
        <Link href={`/contacts/${contactId}`}>Add one to the contact</Link>, or choose another
        channel.
      </p>
    );
  }
  if (optOut !== null) return <OptedOut {...{ rest, outlook, optOut, onChange }} />;
  if (channel !== 'EMAIL' && from === null) {
    return (
      <p className="thread__obstacle message message--warning" role="status">
        Your organisation has no number to send {how} from.{' '}
        {role === 'admin' ? (
          <Link href="/settings/messages">Register one in the settings.</Link>
        ) : (
          'Ask an administrator to register one in the settings.'
        )}
      </p>
    );
  }
  return (
    <>
      {heldUntil !== null && (
        <p className="thread__obstacle message message--warning" role="status">
          {contact.firstName} is in quiet hours. What you send now is scheduled for{' '}
          {formatMomentIn(outlook.contactTimeZone, heldUntil)} (
          {nameOfZone(outlook.contactTimeZone)}).
        </p>
      )}
      {children}
    </>
  );
}

interface OptedOutProps extends Pick<ObstacleProps, 'rest' | 'outlook' | 'onChange'> {
  readonly optOut: NonNullable<Outlook['optOut']>;
}

function OptedOut({ rest, outlook, optOut, onChange }: OptedOutProps) {
  const { contact, contactId, channel } = outlook;
  const how = channelNames[channel];
  const { save, problem } = useSaving(async () => {
    await rest.send('POST', '/api/messages/opt-outs', { contactId, channel, optedOut: false });
    onChange();
  });
  const since = formatDayIn(useTimeZone(), optOut.at);
  return (
    <div className="thread__obstacle message message--warning" role="status">
      <p>
        {optOut.source === 'MEMBER'
          ? `On ${since} somebody of your organisation noted that ${contact.firstName} wants no ${how} messages. They can only be sent again when that is taken back.`
          : `${contact.firstName} has opted out of ${how} on ${since}. Nothing can be sent until they write START themselves.`}
      </p>
      {optOut.source === 'MEMBER' && (
        <button className="button button--small" type="button" onClick={() => void save(undefined)}>
          Take the opt-out back
        </button>
      )}
      {problem !== undefined && <p role="alert">{problem.message}</p>}
    </div>
  );
}
