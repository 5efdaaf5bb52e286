import {
  type NotificationSettingsView,
  notificationKindSchema,
  type User,
} from '@splitline/functions/contracts';
import { useCallback } from 'react';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Moment } from '../../ui/Moment.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { kinds } from './kinds.ts';
import type { Channel, Digest } from './settings.ts';
import { loadSettings, useSettings } from './useSettings.ts';
import './notifications.css';

interface NotificationSettingsProps {
  readonly rest: Rest;
  readonly role: User['role'];
}

/** What the person wants to be told, and how; every change is kept at once. */
export function NotificationSettings({ rest, role }: NotificationSettingsProps) {
  const settings = useLoad(useCallback(() => loadSettings(rest), [rest]));
  if (settings.status === 'loading') return <Loading what="your settings" />;
  if (settings.status === 'failed') {
    return (
      <Failure
        title="Your settings cannot be shown"
        message={settings.problem.message}
        onRetry={settings.reload}
      />
    );
  }
  return <SettingsForm rest={rest} role={role} loaded={settings.value} />;
}

const channels: readonly { readonly id: Channel; readonly name: string }[] = [
  { id: 'inbox', name: 'Here' },
  { id: 'email', name: 'E-mail' },
];

interface SettingsFormProps extends NotificationSettingsProps {
  readonly loaded: NotificationSettingsView;
}

function SettingsForm({ rest, role, loaded }: SettingsFormProps) {
  const { settings, change } = useSettings(rest, loaded);
  const told = notificationKindSchema.options.filter((kind) => kinds[kind].roles.includes(role));
  return (
    <section className="section" aria-label="Settings">
      <p className="page__lead">
        Choose what you are told on this page and what is mailed to you. Changes are kept at once.
      </p>
      <table className="rows notification-settings">
        <thead>
          <tr>
            <th scope="col">When</th>
            {channels.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.map((kind) => (
            <tr key={kind}>
              <th scope="row">{kinds[kind].name}</th>
              {channels.map(({ id, name }) => (
                <td key={id}>
                  <input
                    type="checkbox"
                    aria-label={`${kinds[kind].name}: ${name}`}
                    checked={settings.kinds[kind][id]}
                    onChange={(event) =>
                      change({ kinds: { [kind]: { [id]: event.target.checked } } })
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <DigestChoice settings={settings} onChoose={(digest) => change({ digest })} />
    </section>
  );
}

const digests: readonly { readonly id: Digest; readonly name: string }[] = [
  { id: 'off', name: 'None' },
  { id: 'daily', name: 'Every day' },
  { id: 'weekly', name: 'Every week' },
];

interface DigestChoiceProps {
  readonly settings: NotificationSettingsView;
  readonly onChoose: (digest: Digest) => void;
}

/** One mail about everything of a day or a week. */
function DigestChoice({ settings: { digest, nextDigestAt }, onChoose }: DigestChoiceProps) {
  return (
    <fieldset className="choices notification-settings__digest">
      <legend>Summary by e-mail</legend>
      {digests.map(({ id, name }) => (
        <label key={id} className="choices__choice">
          <input type="radio" name="digest" checked={id === digest} onChange={() => onChoose(id)} />
          {name}
        </label>
      ))}
      {nextDigestAt !== null && (
        <p className="soft small">
          The next one is due on <Moment at={nextDigestAt} />.
        </p>
      )}
    </fieldset>
  );
}
