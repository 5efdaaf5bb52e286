import { useState } from 'react';
import type { PasswordPort } from '../../data/port.ts';
import { Field } from '../../ui/Field.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { NewPasswordField } from './NewPasswordField.tsx';

/** Changes the password of whoever is signed in, who proves to know the present one. */
export function PasswordForm({ password }: { readonly password: PasswordPort }) {
  const [changes, setChanges] = useState(0);
  return (
    <section className="section" aria-label="Password">
      <div>
        <h2 className="section__title">Password</h2>
        <p className="page__lead">
          {password.isSet
            ? 'A new password signs you out on your other devices, within the hour.'
            : 'You sign in with Google; your password is kept there.'}
        </p>
      </div>
      {changes > 0 && (
        <p className="profile__done" role="status">
          Your password is changed.
        </p>
      )}
      {password.isSet && (
        <Change key={changes} password={password} onDone={() => setChanges((count) => count + 1)} />
      )}
    </section>
  );
}

interface ChangeProps {
  readonly password: PasswordPort;
  readonly onDone: () => void;
}

function Change({ password, onDone }: ChangeProps) {
  const { onSubmit, isSending, errorOf, generalError } = useSubmit(
    async (read) => {
      const problem = await password.change(read('current'), read('next'));
      if (problem === undefined) onDone();
      return problem;
    },
    ['current', 'next'],
  );
  return (
    <form className="form profile__password" onSubmit={onSubmit}>
      {generalError !== undefined && (
        <p className="message" role="alert">
          {generalError}
        </p>
      )}
      <Field
        label="Present password"
        name="current"
        type="password"
        autoComplete="current-password"
        required
        error={errorOf('current')}
      />
      <NewPasswordField label="New password" name="next" error={errorOf('next')} />
      <div className="form__actions">
        <button className="button" type="submit" aria-disabled={isSending}>
          {isSending ? 'Changing…' : 'Change password'}
        </button>
      </div>
    </form>
  );
}
