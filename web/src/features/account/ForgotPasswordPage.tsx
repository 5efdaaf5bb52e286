import { useState } from 'react';
import { Link } from 'wouter';
import { requestPasswordReset } from '../../data/firebase/account.ts';
import { Field } from '../../ui/Field.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { AccountLayout } from './AccountLayout.tsx';

const FIELDS = ['email'];

/** Asks for the mail with which somebody without their password gets in again. */
export default function ForgotPasswordPage() {
  const [mailed, setMailed] = useState<string>();
  return (
    <AccountLayout
      title="Forgot your password?"
      lead={
        mailed === undefined
          ? 'We mail you a link that sets a new one.'
          : 'Open the link in the mail to set a new password.'
      }
      other={<Link href="/">Back to sign in</Link>}
    >
      {mailed === undefined ? (
        <RequestForm onMailed={setMailed} />
      ) : (
        <Mailed email={mailed} onAgain={() => setMailed(undefined)} />
      )}
    </AccountLayout>
  );
}

function RequestForm({ onMailed }: { readonly onMailed: (email: string) => void }) {
  const { onSubmit, isSending, errorOf, generalError } = useSubmit(async (read) => {
    const email = read('email').trim();
    const problem = await requestPasswordReset(email);
    if (problem === undefined) onMailed(email);
    return problem;
  }, FIELDS);
  return (
    <form className="form" onSubmit={onSubmit}>
      {generalError !== undefined && (
        <p className="message" role="alert">
          {generalError}
        </p>
      )}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        error={errorOf('email')}
      />
      <button className="button button--primary" type="submit" aria-disabled={isSending}>
        {isSending ? 'Sending…' : 'Send the link'}
      </button>
    </form>
  );
}

interface MailedProps {
  readonly email: string;
  readonly onAgain: () => void;
}

/** Says the same whether or not the address has an account. */
function Mailed({ email, onAgain }: MailedProps) {
  return (
    <div className="form" role="status">
      <p className="account__who">
        If <strong>{email}</strong> has an account, a mail with a link is on its way. The link works
        once, for an hour.
      </p>
      <p className="soft">
        Nothing there after some minutes? Look among the junk mail, or check the address.
      </p>
      <button className="button" type="button" onClick={onAgain}>
        Try again
      </button>
    </div>
  );
}
