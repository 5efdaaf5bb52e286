import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** What making a webhook, or another secret for it, has answered. */
export interface NewSecret {
  readonly id: string;
  /** Undefined when a repeated request was answered: then it was shown before. */
  readonly secret?: string | undefined;
}

interface SecretDialogProps {
  readonly made: NewSecret;
  readonly onClose: () => void;
}

/** Shows a signing secret, which no other answer has, and says what it is for. */
export function SecretDialog({ made: { secret }, onClose }: SecretDialogProps) {
  return (
    <Dialog title="Signing secret" onClose={onClose} isWide>
      {secret === undefined ? (
        <p className="dialog__text">
          The secret was shown before and is not shown again. If you do not have it, rotate it.
        </p>
      ) : (
        <>
          <p className="message message--warning">
            Copy it now: it is shown this once. Who has lost it rotates it.
          </p>
          <div className="webhook__secret">
            <input
              className="input"
              aria-label="Signing secret"
              readOnly
              value={secret}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton what="The signing secret" text={secret} />
          </div>
        </>
      )}
      <h3>How to verify a request</h3>
      <p className="dialog__text webhook__how">
        Requests are signed as{' '}
        <a href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer">
          Standard Webhooks
        </a>{' '}
        describes: hand the raw body, the headers and this secret to one of its libraries and refuse
        what it refuses. By hand, take HMAC-SHA256 of <code>webhook-id</code>, a dot,{' '}
        <code>webhook-timestamp</code>, a dot and the raw body, with the key that is base64 after{' '}
        <code>whsec_</code>; one of the <code>v1,…</code> texts in <code>webhook-signature</code>{' '}
        must be its base64. Refuse timestamps more than five minutes away, and take each{' '}
        <code>webhook-id</code> once.
      </p>
      <div className="form__actions">
        <button className="button button--primary" type="button" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  );
}
