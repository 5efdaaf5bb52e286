import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
  useForm,
} from 'react-hook-form';
import type { z } from 'zod';
import { toProblem } from '../../data/problem.ts';
import { useNotices } from '../../ui/Toasts.tsx';

interface ContractForm<Input extends FieldValues, Output> {
  /** What the server demands of the body; checked here first, in the same words. */
  readonly schema: z.ZodType<Output, Input>;
  readonly defaultValues: NoInfer<Input> & DefaultValues<NoInfer<Input>>;
  readonly run: (values: Output) => Promise<void>;
  /** What was done, for those who do not see it. */
  readonly done: string;
  readonly onDone: () => void;
}

/** A form of one command: what is wrong with it is said at its fields, whoever finds it. */
export function useContractForm<Input extends FieldValues, Output>(
  props: ContractForm<Input, Output>,
) {
  const { schema, defaultValues, run, done, onDone } = props;
  const { announce } = useNotices();
  const [generalError, setGeneralError] = useState<string>();
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver<Input, unknown, Output>(schema),
    defaultValues,
  });
  const { isSubmitting, errors } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setGeneralError(undefined);
    try {
      await run(values);
    } catch (error) {
      setGeneralError(place(form, defaultValues, error));
      return;
    }
    announce(done);
    onDone();
  });
  return {
    register: form.register,
    watch: form.watch,
    setValue: form.setValue,
    isSending: isSubmitting,
    onSubmit: (event: React.FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      if (!isSubmitting) void submit();
    },
    errorOf: (name: string) => firstMessage(valueAt(errors, name)),
    generalError,
  };
}

/** Says a refusal at the field it names; answers it when no field of the form is named. */
function place<Input extends FieldValues, Output>(
  form: UseFormReturn<Input, unknown, Output>,
  values: Input,
  error: unknown,
): string | undefined {
  const { message, field } = toProblem(error);
  const name = field?.split('.')[0] ?? '';
  if (!isFieldOf(values, name)) return message;
  form.setError(name, { message }, { shouldFocus: true });
  return undefined;
}

function isFieldOf<Input extends FieldValues>(
  values: Input,
  name: string,
): name is FieldPath<Input> {
  return Object.hasOwn(values, name);
}

function valueAt(object: object, name: string): unknown {
  return Object.entries(object).find(([key]) => key === name)?.[1];
}

/** The first message in the errors of a field, which for a list are one for each of its items. */
function firstMessage(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('message' in error && typeof error.message === 'string' && error.message !== '') {
    return error.message.charAt(0).toUpperCase() + error.message.slice(1);
  }
  if (!Array.isArray(error)) return undefined;
  return error.map(firstMessage).find((message) => message !== undefined);
}

/** For choices that may be left open: the empty one is none. */
export const emptyIsNull = {
  setValueAs: (value: unknown) => (value === '' ? null : value),
};

/** For numbers that may be left out. */
export const emptyIsLeftOut = {
  setValueAs: (value: unknown) => (value === '' || value === undefined ? undefined : Number(value)),
};
