import { Link } from 'wouter';
import { signUp } from '../../data/firebase/account.ts';
import type { Backend } from '../../data/firebase/app.ts';
import { Field } from '../../ui/Field.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { AccountLayout } from './AccountLayout.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';

const FIELDS = ['name', 'businessName', 'industry', 'email', 'password'];

/** Creates an organisation with its first administrator, who is signed in at once. */
export function SignUpPage({ backend }: { readonly backend: Backend }) {
  const { onSubmit, isSending, errorOf, generalError } = useSubmit(
    (read) =>
      signUp(backend, {
        name: read('name'),
        email: read('email').trim(),
        password: read('password'),
        businessName: read('businessName'),
        industry: read('industry').trim() || undefined,
      }),
    FIELDS,
  );
  return (
    <AccountLayout
      title="Create an organisation"
      lead="You become its administrator and can start at once."
      other={
        <>
          Have an account? <Link href="/">Sign in</Link>
        </>
      }
    >
      <form className="form" onSubmit={onSubmit}>
        {generalError !== undefined && (
          <p className="message" role="alert">
            {generalError}
          </p>
        )}
        <Field label="Your name" name="name" autoComplete="name" required error={errorOf('name')} />
        <Field
          label="Business name"
          name="businessName"
          autoComplete="organization"
          required
          error={errorOf('businessName')}
        />
        <Field label="Industry" name="industry" hint="optional" error={errorOf('industry')} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          error={errorOf('email')}
        />
        <NewPasswordField label="Password" error={errorOf('password')} />
        <button className="button button--primary" type="submit" aria-disabled={isSending}>
          {isSending ? 'Creating…' : 'Create organisation'}
        </button>
      </form>
    </AccountLayout>
  );
}
