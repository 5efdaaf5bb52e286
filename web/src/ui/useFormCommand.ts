import { type FormEvent, useState } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { toProblem } from '../../../data/problem.ts';
import { useNotices } from '../../../ui/Toasts.tsx';

interface FormCommand<Output> {
  readonly run: (values: Output) => Promise<void>;
  /** What was done, for those who do not see it. */
  readonly done: string;
  readonly onDone: () => void;
}

/**
 * Sends what a form holds once it is valid. What the server refuses stands at the field it names if
 * that is one of `fields`, else above the form.
 */
export function useFormCommand<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  fields: readonly FieldPath<Input>[],
  { run, done, onDone }: FormCommand<Output>,
) {
  const { announce } = useNotices();
  const [generalError, setGeneralError] = useState<string>();
  const onSubmit = form.handleSubmit(async (values) => {
    setGeneralError(undefined);
    try {
      await run(values);
    } catch (error) {
      const { message, field = '' } = toProblem(error);
      const place = fields.find((name) => name === field.split('.')[0]);
      if (place === undefined) setGeneralError(message);
      else form.setError(place, { message }, { shouldFocus: true });
      return;
    }
    announce(done);
    onDone();
  });
  return {
    isSending: form.formState.isSubmitting,
    generalError,
    onSubmit: (event: FormEvent<HTMLFormElement>) => void onSubmit(event),
  };
}
