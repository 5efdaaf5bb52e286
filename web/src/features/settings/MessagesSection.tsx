import { type MessageSettings, messageSettingsSchema } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { Link } from 'wouter';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { usePeople } from '../../data/usePeople.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { NumbersList } from './NumbersList.tsx';
import { SectionHead } from './SectionHead.tsx';
import { SendingForm } from './SendingForm.tsx';

/** Where texts are sent from, when, and how many. */
export default function MessagesSection({ data }: { readonly data: WorkspaceData }) {
  const { rest } = data;
  const settings = useLoad(
    useCallback(() => rest.get('/api/messages/settings', messageSettingsSchema), [rest]),
  );
  const people = usePeople(data);
  if (settings.status === 'loading') return <Loading what="the settings of messages" />;
  if (settings.status === 'failed') {
    return (
      <Failure
        title="The settings of messages cannot be shown"
        message={settings.problem.message}
        onRetry={settings.reload}
      />
    );
  }
  return (
    <>
      <Stale problem={settings.problem} reload={settings.reload} />
      <section className="section" aria-label="Sender numbers">
        <NumbersList
          rest={rest}
          settings={settings.value}
          people={people}
          onChanged={settings.reload}
        />
      </section>
      <section className="section" aria-label="Sending">
        <SectionHead
          title="Sending"
          lead="Texts that may not be sent now wait and are sent by themselves; mails are not held back."
        />
        <SendingForm
          key={keyOf(settings.value)}
          rest={rest}
          settings={settings.value}
          onSaved={settings.reload}
        />
      </section>
      <section className="section" aria-label="Opt-outs">
        <h2 className="section__title">Opt-outs</h2>
        <p className="settings__text">
          Whoever answers STOP gets no more texts from you until they send START; nobody here can
          take that back for them. What somebody tells you in person you note with the contact, in
          the <Link href="/inbox">inbox</Link>. This cannot be switched off.
        </p>
      </section>
    </>
  );
}

/** What was stored anew shows at once, over what is typed. */
function keyOf(settings: MessageSettings): string {
  return JSON.stringify(settings);
}
