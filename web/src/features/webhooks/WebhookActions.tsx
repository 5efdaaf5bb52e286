import { useState } from 'react';
import { useLocation } from 'wouter';
import type { WorkspaceData } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { createdSchema, readAnswer } from '../../data/records.ts';
import type { Webhook } from '../../data/webhooks.ts';
import { Menu } from '../../ui/Menu.tsx';
import { useNotices } from '../../ui/Toasts.tsx';
import { AskDialog } from './AskDialog.tsx';
import { RotateDialog } from './RotateDialog.tsx';
import { type NewSecret, SecretDialog } from './SecretDialog.tsx';
import { WebhookDialog } from './WebhookDialog.tsx';

interface WebhookActionsProps {
  readonly data: WorkspaceData;
  readonly webhook: Webhook;
  readonly onChange: () => void;
  /** A test event is on its way. */
  readonly onTried: (deliveryId: string) => void;
}

type Asked = 'edit' | 'pause' | 'rotate' | 'delete';

/** What can be done to a webhook. */
export function WebhookActions({ data, webhook, onChange, onTried }: WebhookActionsProps) {
  const { rest } = data;
  const { id, status } = webhook;
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<Asked>();
  const [rotated, setRotated] = useState<NewSecret>();
  const { send, isSending } = useCommands();
  const path = `/api/webhooks/${id}`;
  const close = () => setAsked(undefined);
  const finish = () => {
    close();
    onChange();
  };
  const tryOut = () =>
    send('The test event is on its way.', async () => {
      onTried(readAnswer(createdSchema, await rest.send('POST', `${path}/test`)).id);
    });
  const resume = () =>
    send('The webhook is active.', async () => {
      await rest.send('PATCH', path, { status: 'active' });
      onChange();
    });
  return (
    <div className="page__actions">
      {status !== 'disabled' && (
        <button className="button" type="button" aria-disabled={isSending} onClick={tryOut}>
          Send test event
        </button>
      )}
      {status !== 'active' && (
        <button
          className="button button--primary"
          type="button"
          aria-disabled={isSending}
          onClick={resume}
        >
          Resume
        </button>
      )}
      <button className="button" type="button" onClick={() => setAsked('edit')}>
        Edit…
      </button>
      <Menu
        name="More about this webhook"
        className="button"
        items={[
          { id: 'pause', label: 'Pause…', isDisabled: status !== 'active' },
          { id: 'rotate', label: 'Rotate secret…', isDisabled: false },
          { id: 'delete', label: 'Delete…', isDisabled: false },
        ]}
        onSelect={(item) => setAsked(isAsked(item) ? item : undefined)}
      >
        More
      </Menu>
      {asked === 'edit' && (
        <WebhookDialog data={data} webhook={webhook} onClose={close} onSaved={finish} />
      )}
      {asked === 'pause' && (
        <AskDialog
          title="Pause this webhook?"
          lead="Events that happen while it is paused are not sent later. What waits for its next try is skipped; you can send it again once the webhook is resumed."
          submit="Pause webhook"
          done="The webhook is paused."
          run={() => rest.send('PATCH', path, { status: 'paused' })}
          onClose={close}
          onDone={finish}
        />
      )}
      {asked === 'rotate' && (
        <RotateDialog
          rest={rest}
          webhook={webhook}
          onClose={close}
          onRotated={(made) => {
            close();
            setRotated(made);
            onChange();
          }}
        />
      )}
      {asked === 'delete' && (
        <AskDialog
          title="Delete this webhook?"
          lead={`Nothing is sent to ${webhook.url} any more, its secret stops being valid and its log can no longer be seen. This cannot be undone.`}
          submit="Delete webhook"
          done="The webhook is deleted."
          isDangerous
          run={() => rest.send('DELETE', path)}
          onClose={close}
          onDone={() => navigate('/subscriptions')}
        />
      )}
      {rotated !== undefined && (
        <SecretDialog made={rotated} onClose={() => setRotated(undefined)} />
      )}
    </div>
  );
}

function isAsked(item: string): item is Asked {
  return ['edit', 'pause', 'rotate', 'delete'].includes(item);
}

/** Commands that need no asking: one at a time, and what is wrong is shown as a notice. */
function useCommands() {
  const { announce, warn } = useNotices();
  const [isSending, setIsSending] = useState(false);
  const run = async (done: string, command: () => Promise<void>) => {
    if (isSending) return;
    setIsSending(true);
    try {
      await command();
      announce(done);
    } catch (error) {
      warn(toProblem(error).message);
    }
    setIsSending(false);
  };
  return {
    isSending,
    send: (done: string, command: () => Promise<void>) => void run(done, command),
  };
}
