import { type FormEvent, useState } from 'react';
import type { Problem } from '../data/problem.ts';

/**
 * Sends a form: one attempt at a time, the fields by name, and the problem of the last attempt.
 * `send` answers undefined when it succeeded.
 */
export function useSubmit(
  send: (read: (name: string) => string) => Promise<Problem | undefined>,
  fields: readonly string[],
) {
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    setIsSending(true);
    setProblem(undefined);
    const failure = await send((name) => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    });
    setIsSending(false);
    setProblem(failure);
    if (failure === undefined) return;
    const input = form.elements.namedItem(fieldOf(failure));
    // Inputs, choices and texts alike; several of one name are no element.
    if (input instanceof HTMLElement) input.focus();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isSending) void submit(event.currentTarget);
  };
  /** The problem of one field, for the place below it. */
  const errorOf = (field: string) => (fieldOf(problem) === field ? problem?.message : undefined);
  const isPlaced = fields.includes(fieldOf(problem));
  /** A problem that no field of the form is responsible for. */
  const generalError = isPlaced ? undefined : problem?.message;
  return { onSubmit, isSending, errorOf, generalError };
}

/** The input at fault: of a path such as `value.amountMajor` the first part. */
function fieldOf(problem: Problem | undefined): string {
  return problem?.field?.split('.')[0] ?? '';
}
