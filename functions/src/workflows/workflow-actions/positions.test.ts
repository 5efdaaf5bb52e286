import { describe, expect, it } from '@jest/globals';
import { type Step, stepsSchema } from '../../modules/automations/steps.schema.ts';
import {
  formatPosition,
  parsePosition,
  positionAfter,
  positionInBranch,
  positionOfStep,
  stepAt,
} from './positions.ts';

const stop = (id: string) => ({ id, type: 'STOP', config: {} });
const condition = { field: 'title', operator: 'is_set' };
const steps: Step[] = stepsSchema.parse([
  stop('a'),
  {
    id: 'b',
    type: 'BRANCH',
    config: {
      branches: [
        { condition, steps: [stop('b0'), stop('b1')] },
        { condition, steps: [] },
      ],
      otherwise: [
        {
          id: 'c',
          type: 'BRANCH',
          config: { branches: [{ condition, steps: [stop('c0')] }], otherwise: [] },
        },
      ],
    },
  },
  stop('d'),
]);

const after = (text: string) => {
  const next = positionAfter(steps, parsePosition(text));
  return next && formatPosition(next);
};

describe('positions', () => {
  it.each([
    ['0', '1'],
    ['1.0.0', '1.0.1'],
    ['1.0.1', '2'],
    ['1.otherwise.0.0.0', '2'],
    ['2', undefined],
  ])('after %s comes %s', (position, next) => {
    expect(after(position)).toBe(next);
  });

  it.each([
    ['1', 0, '1.0.0'],
    ['1', 1, '2'],
    ['1', 'otherwise', '1.otherwise.0'],
    ['1.otherwise.0', 'otherwise', '2'],
  ] as const)('in %s the branch %s begins at %s', (position, branch, first) => {
    const found = positionInBranch(steps, parsePosition(position), branch);
    expect(found && formatPosition(found)).toBe(first);
  });

  it('finds every step where its id says', () => {
    for (const id of ['a', 'b', 'b0', 'b1', 'c', 'c0', 'd']) {
      const position = positionOfStep(steps, id) ?? [];
      expect(stepAt(steps, parsePosition(formatPosition(position)))).toMatchObject({ id });
    }
    expect(positionOfStep(steps, 'z')).toBeUndefined();
  });

  it('finds nothing where nothing is', () => {
    expect(stepAt(steps, [3])).toBeUndefined();
    expect(stepAt(steps, [0, 0, 0])).toBeUndefined();
  });
});
