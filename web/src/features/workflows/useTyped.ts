import { useState } from 'react';

interface Codec<T> {
  readonly format: (value: T) => string;
  readonly parse: (text: string) => T;
}

/**
 * The text of an input whose value is not a text: what somebody types stays as it is typed, as long
 * as it means the value.
 */
export function useTyped<T>(value: T, { format, parse }: Codec<T>, onChange: (value: T) => void) {
  const [text, setText] = useState(() => format(value));
  const isSame = JSON.stringify(parse(text)) === JSON.stringify(value);
  return {
    text: isSame ? text : format(value),
    type: (typed: string) => {
      setText(typed);
      onChange(parse(typed));
    },
  };
}

/** A number, or undefined while there is none. */
export const numberCodec: Codec<number | undefined> = {
  format: (value) => (value === undefined ? '' : String(value)),
  parse: (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)),
};

/** Texts with commas between them. */
export const listCodec: Codec<readonly string[]> = {
  format: (values) => values.join(', '),
  parse: (text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
};
