import fc from 'fast-check';
import type { z } from 'zod';
import type { RecordFields } from '../../functions/src/platform/records.ts';

/** Two states of a record that differ in a few of its fields; or its first state alone. */
export interface States<T> {
  readonly before: T | undefined;
  readonly after: T;
}

/**
 * States with the shape of a schema. What a schema asks for beyond the shape, such as patterns, is
 * left out: functions that compare states do not look at it. Values come from few, so that different
 * fields are often equal.
 */
export function statesOf<T extends RecordFields>(schema: z.ZodType<T>): fc.Arbitrary<States<T>> {
  const fields = Object.entries(valuesOf(schema).fields ?? {});
  const whole = fc.record(Object.fromEntries(fields));
  const few = fc.subarray(
    fields.map(([name]) => name),
    { maxLength: 3 },
  );
  return fc.tuple(whole, whole, few, fc.boolean()).map(([before, other, changed, isNew]) => {
    const patch = Object.fromEntries(changed.map((name) => [name, other[name]]));
    // Only the shape is true; that is all that is asked of it.
    const after = { ...before, ...patch } as unknown as T;
    return { before: isNew ? undefined : (before as unknown as T), after };
  });
}

interface Values {
  readonly any: fc.Arbitrary<unknown>;
  readonly fields?: Readonly<Record<string, fc.Arbitrary<unknown>>>;
}

const TEXTS = ['a', 'b', 'open', 'deal'] as const;

function valuesOf(schema: unknown, depth = 0): Values {
  const { def } = (schema as z.core.$ZodType)._zod as { def: z.core.$ZodTypeDef & Definition };
  const inner = (part: unknown) => valuesOf(part, depth + 1);
  if (depth > 12) return { any: fc.constant(null) };
  switch (def.type) {
    case 'object': {
      const entries = Object.entries(def.shape ?? {}).map(
        ([name, part]) => [name, inner(part).any] as const,
      );
      const fields = Object.fromEntries(entries);
      return { any: fc.record(fields), fields };
    }
    case 'string':
      return { any: fc.constantFrom(...TEXTS) };
    case 'number':
    case 'int':
      return { any: fc.integer({ min: 0, max: 3 }) };
    case 'boolean':
      return { any: fc.boolean() };
    case 'date':
      return { any: fc.integer({ min: 0, max: 3 }).map((ms) => new Date(ms)) };
    case 'null':
      return { any: fc.constant(null) };
    case 'literal':
      return { any: fc.constantFrom(...(def.values ?? [])) };
    case 'enum':
      return { any: fc.constantFrom(...Object.values(def.entries ?? {})) };
    case 'nullable':
      return { any: fc.oneof(fc.constant(null), inner(def.innerType).any) };
    case 'optional':
      return { any: fc.oneof(fc.constant(undefined), inner(def.innerType).any) };
    case 'default':
    case 'readonly':
    case 'prefault':
      return inner(def.innerType);
    case 'lazy':
      return inner(def.getter?.());
    case 'pipe':
      return inner(def.out);
    case 'union':
      return { any: fc.oneof(...(def.options ?? []).map((option) => inner(option).any)) };
    case 'array':
      return { any: fc.array(inner(def.element).any, { maxLength: 2 }) };
    case 'tuple':
      return { any: fc.tuple(...(def.items ?? []).map((item) => inner(item).any)) };
    case 'record':
      return { any: fc.dictionary(fc.constantFrom('a', 'b'), inner(def.valueType).any) };
    case 'intersection': {
      const [left, right] = [inner(def.left), inner(def.right)];
      return { any: left.any, fields: { ...left.fields, ...right.fields } };
    }
    case 'unknown':
    case 'any':
    case 'custom':
    case 'transform':
      return { any: fc.constantFrom(...TEXTS) };
    default:
      throw new Error(`no values for a schema of type ${def.type}`);
  }
}

/** What the definitions of zod's schemas hold, as far as values are made from it. */
interface Definition {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly innerType?: unknown;
  readonly getter?: () => unknown;
  readonly out?: unknown;
  readonly options?: readonly unknown[];
  readonly element?: unknown;
  readonly items?: readonly unknown[];
  readonly valueType?: unknown;
  readonly left?: unknown;
  readonly right?: unknown;
}
