import { type FormEvent, useState } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { toProblem } from '../data/problem.ts';
import { useNotices } from './Toasts.tsx';

interface FormCommand<Input extends FieldValues, Output, Result> {
  readonly run: (values: Output) => Promise<Result>;
  /** What was done, for those who do not see it. */
  readonly done: string;
  readonly onDone: (result: Result) => void;
  /** Where the field stands that the server names; undefined when the form does not have it. */
  readonly placeOf: (field: string) => FieldPath<Input> | undefined;
}

/**
 * Sends what a form holds once it is valid, one attempt at a time. What the server refuses stands at
 * the field it names, else above the form.
 */
export function useFormCommand<Input extends FieldValues, Output, Result>(
  form: UseFormReturn<Input, unknown, Output>,
  { run, done, onDone, placeOf }: FormCommand<Input, Output, Result>,
) {
  const { announce } = useNotices();
  const [generalError, setGeneralError] = useState<string>();
  const { isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setGeneralError(undefined);
    let result: Result;
    try {
      result = await run(values);
    } catch (error) {
      const { message, field } = toProblem(error);
      const place = field === undefined ? undefined : placeOf(field);
      if (place === undefined) setGeneralError(message);
      else form.setError(place, { message }, { shouldFocus: true });
      return;
    }
    announce(done);
    onDone(result);
  });
  return {
    isSending: isSubmitting,
    generalError,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      if (!isSubmitting) void submit();
    },
  };
}

/** The places of fields that are called as the server calls them, whichever part of one is named. */
export function placeAmong<Name extends string>(names: readonly Name[]) {
  return (field: string): Name | undefined => names.find((name) => name === field.split('.')[0]);
}
