import { describe, expect, it } from '@jest/globals';
import type { Definition } from '@splitline/functions/contracts';
import { definitionOf, draftOf, freshId, moved, pathOfPart, withSetting } from './draft.ts';
import { problemAt, refusalOf, shapeProblems, unplaced } from './problems.ts';

const value = { field: 'valueMinor', operator: 'increased' };
const note = (id: string) => ({ id, type: 'CREATE_NOTE' as const, config: { text: 'x' } });

const definition: Definition = {
  trigger: { kind: 'event', types: ['deal.won'], tag: 'VIP' },
  condition: {
    all: [value, { not: { any: [value, { any: [value] }] } }, { not: { all: [value] } }],
  },
  steps: [
    note('one'),
    {
      id: 'two',
      type: 'BRANCH',
      config: {
        branches: [{ condition: { all: [value] }, steps: [note('three')] }],
        otherwise: [{ id: 'four', type: 'STOP', config: {} }],
      },
    },
  ],
};

describe('a draft', () => {
  it('comes back as the definition that it was made of', () => {
    expect(definitionOf(draftOf(definition))).toEqual(definition);
  });

  it('puts a lone condition into a group, and none into nothing', () => {
    const lone = { ...definition, condition: { not: value } };
    expect(definitionOf(draftOf(lone)).condition).toEqual({ not: { any: [value] } });
    expect(definitionOf(draftOf({ ...definition, condition: value })).condition).toEqual({
      all: [value],
    });
    expect(definitionOf(draftOf({ ...definition, condition: null })).condition).toBeNull();
  });

  it('names a part of a group as refusals do', () => {
    expect(pathOfPart('condition', 'all', 2)).toBe('condition.all.2');
    expect(pathOfPart('condition', 'none', 0)).toBe('condition.not.any.0');
  });

  it('leaves empty settings out', () => {
    expect(withSetting({ a: 1, b: 2 }, 'a', '')).toEqual({ b: 2 });
    expect(withSetting({ a: 1 }, 'b', [])).toEqual({ a: 1 });
    expect(withSetting({ a: 1 }, 'b', 0)).toEqual({ a: 1, b: 0 });
  });

  it('moves within its list only', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('gives each step an id of its own', () => {
    expect(freshId('SEND_EMAIL', [])).toBe('send-email');
    expect(freshId('SEND_EMAIL', ['send-email', 'send-email-2'])).toBe('send-email-3');
  });
});

describe('problems', () => {
  it('are none where the contract has none', () => {
    expect(shapeProblems(definition).size).toBe(0);
  });

  it('stand at the place they are about, in words for people', () => {
    const found = shapeProblems({
      trigger: { kind: 'event', types: [''] },
      condition: { all: [{ field: '', operator: 'equals' }] },
      steps: [
        { id: 'a', type: 'CREATE_TASK', config: {} },
        { id: 'b', type: 'CALL_WEBHOOK', config: { url: 'example' } },
      ],
    });
    expect(problemAt(found, 'steps.0.config.title')).toBe('Fill this in.');
    expect(problemAt(found, 'steps.1.config.url')).toContain('full web address');
    expect(problemAt(found, 'condition.all.0')).toContain('Must be a field');
    expect(problemAt(found, 'trigger.types')).toContain('Must be a type of event');
    expect(problemAt(found, 'steps.2')).toBeUndefined();
  });

  it('are said once: what no place says, the part says', () => {
    const found = new Map([
      ['steps.0', 'Is never reached.'],
      ['steps.0.config.title', 'Fill this in.'],
      ['steps.10.type', 'Works on nothing.'],
    ]);
    expect(unplaced(found, 'steps.0', ['steps.0.config.title'])).toEqual(['Is never reached.']);
    expect(unplaced(found, 'steps.1', [])).toEqual([]);
  });

  it('of the server lose what is for programs', () => {
    const message =
      'definition.steps.0.config.text: there is no field here; GET /api/workflows/operators lists those there are';
    const field = 'definition.steps.0.config.text';
    expect(refusalOf(Object.assign(new Error(message), { details: { field } }))).toEqual({
      message: 'There is no field here',
      field: 'steps.0.config.text',
    });
  });
});
