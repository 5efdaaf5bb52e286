import type { NewKey } from '../../data/settings.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

interface NewKeyDialogProps {
  readonly apiKey: NewKey;
  readonly onClose: () => void;
}

/** Shows the secret of a new key, this once. Escape does not close it: that would lose the secret. */
export function NewKeyDialog({ apiKey, onClose }: NewKeyDialogProps) {
  return (
    <Dialog title={`The key for ${apiKey.name}`} onClose={stay}>
      <div className="form">
        <p className="message message--warning">
          Store it now, where secrets are kept. It is shown this once and nobody can read it again;
          whoever has it can do what the key may.
        </p>
        <div className="settings__copy">
          <input
            className="input settings__secret"
            aria-label="Secret"
            readOnly
            value={apiKey.secret}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton what="the key" text={apiKey.secret} />
        </div>
        <p className="soft small">
          Send it as <code>Authorization: Bearer ak_…</code> with each request to{' '}
          <code>/api/…</code>.
        </p>
        <div className="form__actions">
          <button className="button button--primary" type="button" onClick={onClose}>
            I have stored it
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function stay(): void {}
