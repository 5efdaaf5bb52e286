import { zodResolver } from '@hookform/resolvers/zod';
import { type DefaultValues, type FieldPath, type FieldValues, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { useFormCommand } from '../../ui/useFormCommand.ts';

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
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver<Input, unknown, Output>(schema),
    defaultValues,
  });
  const { errors } = form.formState;
  const placeOf = (field: string) => {
    const name = field.split('.')[0] ?? '';
    return isFieldOf<Input>(defaultValues, name) ? name : undefined;
  };
  const command = useFormCommand(form, { run, done, onDone, placeOf });
  return {
    register: form.register,
    watch: form.watch,
    setValue: form.setValue,
    ...command,
    errorOf: (name: string) => firstMessage(valueAt(errors, name)),
  };
}

function isFieldOf<Input extends FieldValues>(
  values: object,
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
