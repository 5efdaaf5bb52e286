import { Field } from '../../ui/Field.tsx';
import { MIN_PASSWORD_LENGTH } from './min-password-length.ts';

interface NewPasswordFieldProps {
  readonly label: string;
  readonly error: string | undefined;
}

/** The field `password` of a form that sets one. */
export function NewPasswordField({ label, error }: NewPasswordFieldProps) {
  return (
    <Field
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      minLength={MIN_PASSWORD_LENGTH}
      required
      hint={`at least ${MIN_PASSWORD_LENGTH} characters`}
      error={error}
    />
  );
}
