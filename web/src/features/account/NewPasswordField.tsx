import { Field } from '../../ui/Field.tsx';
import { MIN_PASSWORD_LENGTH } from './min-password-length.ts';

interface NewPasswordFieldProps {
  readonly label: string;
  readonly name?: string;
  readonly error: string | undefined;
}

/** The field of a form that sets a password. */
export function NewPasswordField({ label, name = 'password', error }: NewPasswordFieldProps) {
  return (
    <Field
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      minLength={MIN_PASSWORD_LENGTH}
      required
      hint={`at least ${MIN_PASSWORD_LENGTH} characters`}
      error={error}
    />
  );
}
