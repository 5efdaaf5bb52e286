import { describe, expect, it } from '@jest/globals';
import type { ActivityEvent } from '../../data/analytics.ts';
import { describeActivity } from './describe-activity.ts';

const words = {
  personOf: (uid: string) => (uid === 'ada' ? 'Ada Adler' : undefined),
  stageOf: (id: string) => (id === 'proposal' ? 'Proposal' : undefined),
};
const event = (types: readonly string[], actor: string, after = {}): ActivityEvent => ({
  ...{ id: 'e', type: types[0] ?? '', types: [...types], timestamp: '2026-03-01T00:00:00.000Z' },
  data: {
    ...{ record: { type: 'deal', id: 'd' }, version: 2, actor, ownerId: null, teamId: null },
    ...{ before: {}, after, cause: null, recovered: false },
  },
});

describe('describeActivity', () => {
  it.each([
    [['deal.created'], 'ada', {}, 'Ada Adler created the deal'],
    [['deal.won', 'deal.stage_changed'], 'ada', { stageId: 'w' }, 'Ada Adler won the deal'],
    [['deal.stage_changed'], 'bo', { stageId: 'proposal' }, 'Somebody moved the deal to Proposal'],
    [['deal.updated'], 'workflow:w', { title: 'x' }, 'A workflow changed the deal'],
    [['deal.updated'], 'system:stripe', {}, 'Splitline changed the deal'],
  ])('%j by %s: %j', (types, actor, after, text) => {
    expect(describeActivity(event(types, actor, after), words)).toBe(text);
  });
});
