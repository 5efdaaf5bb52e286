import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { signIn } from '../../data/firebase/account.ts';
import type { Backend } from '../../data/firebase/app.ts';
import { Field } from '../../ui/Field.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { AccountLayout } from './AccountLayout.tsx';

/** Set when the client is built: the pop-up's script would weigh on everybody who has no use for it. */
const hasGoogle = import.meta.env.VITE_GOOGLE_SIGN_IN === 'true';
const GoogleSignIn = hasGoogle ? lazy(() => import('./GoogleSignIn.tsx')) : undefined;

/** Sign-in with e-mail address and password. */
export function SignInPage({ backend }: { readonly backend: Backend }) {
  const { onSubmit, isSending, generalError } = useSubmit(
    (read) => signIn(backend, read('email').trim(), read('password')),
    [],
  );
  return (
    <AccountLayout
      title="Sign in"
      lead="Your pipeline is where you left it."
      other={
        <>
          New here? <Link href="/signup">Create an organisation</Link>
        </>
      }
    >
      <form className="form" onSubmit={onSubmit}>
        {generalError !== undefined && (
          <p className="message" role="alert">
            {generalError}
          </p>
        )}
        <Field label="E-mail" name="email" type="email" autoComplete="username" required />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Link className="account__forgot" href="/forgot-password">
          Forgot password?
        </Link>
        <button className="button button--primary" type="submit" aria-disabled={isSending}>
          {isSending ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
      {GoogleSignIn !== undefined && (
        <Suspense>
          <GoogleSignIn backend={backend} />
        </Suspense>
      )}
    </AccountLayout>
  );
}
