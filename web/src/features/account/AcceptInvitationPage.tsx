import { Link, useLocation } from 'wouter';
import { acceptInvitation, endSession, type Session } from '../../data/firebase/account.ts';
import type { Backend } from '../../data/firebase/app.ts';
import { Field } from '../../ui/Field.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { AccountLayout } from './AccountLayout.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import { useInvitationToken } from './useInvitationToken.ts';

const FIELDS = ['token', 'name', 'password'];

interface AcceptInvitationProps {
  readonly backend: Backend;
  /** Who is signed in, if anybody. */
  readonly session: Session | undefined;
}

/** Where the link in an invitation's mail leads: makes the reader a member and signs them in. */
export function AcceptInvitationPage({ backend, session }: AcceptInvitationProps) {
  const token = useInvitationToken();
  if (token === undefined) {
    return <DeadEnd reason="Open the link in the mail again; it is needed as a whole" />;
  }
  return <Acceptance key={token} backend={backend} session={session} token={token} />;
}

function Acceptance({
  backend,
  session,
  token,
}: AcceptInvitationProps & { readonly token: string }) {
  const [, navigate] = useLocation();
  const submission = useSubmit(async (read) => {
    const name = read('name').trim() || undefined;
    const form = { token, name, password: read('password') };
    const problem = await acceptInvitation(backend, form);
    if (problem === undefined) navigate('/', { replace: true });
    return problem;
  }, FIELDS);
  const refusal = submission.errorOf('token');
  if (refusal !== undefined) return <DeadEnd reason={refusal} />;
  // While the form is being sent, whoever is signed in is the new member.
  if (session !== undefined && !submission.isSending) {
    return <SignOutFirst email={session.email} onSignOut={() => void endSession(backend)} />;
  }
  return <AcceptanceForm submission={submission} />;
}

function AcceptanceForm({ submission }: { readonly submission: ReturnType<typeof useSubmit> }) {
  const { onSubmit, isSending, errorOf, generalError } = submission;
  return (
    <AccountLayout
      title="Accept the invitation"
      lead="Choose a password. If your e-mail address has a Splitline account already, give that account’s password."
      other={
        <>
          Joined already? <Link href="/">Sign in</Link>
        </>
      }
    >
      <form className="form" onSubmit={onSubmit}>
        {generalError !== undefined && (
          <p className="message" role="alert">
            {generalError}
          </p>
        )}
        <Field
          label="Your name"
          name="name"
          hint="optional; the invitation has one"
          autoComplete="name"
          error={errorOf('name')}
        />
        <NewPasswordField label="Password" error={errorOf('password')} />
        <button className="button button--primary" type="submit" aria-disabled={isSending}>
          {isSending ? 'Joining…' : 'Join'}
        </button>
      </form>
    </AccountLayout>
  );
}

interface SignOutFirstProps {
  readonly email: string;
  readonly onSignOut: () => void;
}

/** An invitation may be for another person than the one signed in, or for another of their addresses. */
function SignOutFirst({ email, onSignOut }: SignOutFirstProps) {
  return (
    <AccountLayout
      title="Accept the invitation"
      lead="Somebody is signed in on this device. Sign out first to accept the invitation."
      other={<Link href="/">Stay signed in and go to the pipeline</Link>}
    >
      <p className="account__who">
        Signed in as <strong>{email}</strong>
      </p>
      <button className="button button--primary" type="button" onClick={onSignOut}>
        Sign out and go on
      </button>
    </AccountLayout>
  );
}

/** Stands where the form would, when no password could make the link work. */
function DeadEnd({ reason }: { readonly reason: string }) {
  return (
    <AccountLayout
      title="This link does not work"
      lead="Each mail brings a link of its own; only the newest one works, and once."
      other={
        <>
          Joined already? <Link href="/">Sign in</Link>
        </>
      }
    >
      <p className="message" role="alert">
        {reason}.
      </p>
      <p>If you have no other link, ask the administrator who invited you for a new invitation.</p>
    </AccountLayout>
  );
}
