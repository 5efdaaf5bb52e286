import { useCallback } from 'react';
import { Link, useLocation } from 'wouter';
import type { Backend } from '../../data/firebase/app.ts';
import { deadLinkReason, findAddress, setPassword } from '../../data/firebase/password-reset.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { AccountLayout } from './AccountLayout.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import { useResetCode } from './useResetCode.ts';

interface ResetPasswordProps {
  readonly backend: Backend;
}

/** Where the link in the mail leads: sets a new password and signs its owner in. */
export default function ResetPasswordPage({ backend }: ResetPasswordProps) {
  const code = useResetCode();
  if (code === undefined) {
    return <DeadEnd reason="Open the link in the mail again; it is needed as a whole" />;
  }
  return <Reset key={code} backend={backend} code={code} />;
}

interface ResetProps extends ResetPasswordProps {
  readonly code: string;
}

type Checked = { readonly email: string } | { readonly deadFor: string };

function Reset({ backend, code }: ResetProps) {
  const link = useLoad(
    useCallback(async (): Promise<Checked> => {
      try {
        return { email: await findAddress(backend, code) };
      } catch (error) {
        const deadFor = deadLinkReason(error);
        if (deadFor === undefined) throw error;
        return { deadFor };
      }
    }, [backend, code]),
  );
  if (link.status === 'loading') return <Loading what="the link" />;
  if (link.status === 'failed') {
    return (
      <Failure
        title="The link cannot be checked"
        message={link.problem.message}
        onRetry={link.reload}
      />
    );
  }
  if ('deadFor' in link.value) return <DeadEnd reason={link.value.deadFor} />;
  return <PasswordForm backend={backend} code={code} email={link.value.email} />;
}

function PasswordForm({ backend, code, email }: ResetProps & { readonly email: string }) {
  const [, navigate] = useLocation();
  const { onSubmit, isSending, errorOf, generalError } = useSubmit(
    async (read) => {
      const problem = await setPassword(backend, { code, email, password: read('password') });
      if (problem === undefined) navigate('/', { replace: true });
      return problem;
    },
    ['password'],
  );
  return (
    <AccountLayout
      title="Set a new password"
      lead="You are signed in with it at once, and signed out elsewhere."
      other={<Link href="/">Back to sign in</Link>}
    >
      <form className="form" onSubmit={onSubmit}>
        {generalError !== undefined && (
          <p className="message" role="alert">
            {generalError}
          </p>
        )}
        <p className="account__who">
          For <strong>{email}</strong>
        </p>
        <NewPasswordField label="New password" error={errorOf('password')} />
        <button className="button button--primary" type="submit" aria-disabled={isSending}>
          {isSending ? 'Setting…' : 'Set password'}
        </button>
      </form>
    </AccountLayout>
  );
}

/** Stands where the form would, when no password could make the link work. */
function DeadEnd({ reason }: { readonly reason: string }) {
  return (
    <AccountLayout
      title="This link does not work"
      lead="Each mail brings a link of its own; only the newest one works, and once."
      other={<Link href="/">Back to sign in</Link>}
    >
      <p className="message" role="alert">
        {reason}.
      </p>
      <Link className="button button--primary" href="/forgot-password">
        Ask for a new link
      </Link>
    </AccountLayout>
  );
}
