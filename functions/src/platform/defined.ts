/** An object's type without the undefined that optional input fields admit. */
export type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out the fields whose value is undefined, so that what is spread over a record changes only what was given. */
export function defined<T extends object>(input: T): Defined<T> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Defined<T>;
}
