import type { Clock } from './automations.schema.ts';
import type { Condition } from './conditions.schema.ts';
import { type EvaluationScope, valueAt } from './field-values.ts';
import { findOperator } from './operators.ts';

/** Whether a condition holds of an event. Pure: the same scope and clock give the same answer. */
export function evaluate(condition: Condition, scope: EvaluationScope, clock: Clock): boolean {
  if ('all' in condition) return condition.all.every((part) => evaluate(part, scope, clock));
  if ('any' in condition) return condition.any.some((part) => evaluate(part, scope, clock));
  if ('not' in condition) return !evaluate(condition.not, scope, clock);
  const { field, operator, value } = condition;
  const operand = {
    is: valueAt(field, scope),
    // Of a value that is itself the former one, or the event's, nothing is known from before.
    was: /^(before|event)\./.test(field) ? undefined : valueAt(`before.${field}`, scope),
    isChange: scope.before !== undefined && scope.after !== undefined,
  };
  return findOperator(operator)?.holds(operand, value, clock) ?? false;
}
