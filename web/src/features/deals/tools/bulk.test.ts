import { describe, expect, it } from '@jest/globals';
import type { Rest } from '../../../data/port.ts';
import { refusal } from '../../../data/refusal.ts';
import { buildDeal, buildStage } from '../deal-fixtures.ts';
import { type BulkAction, type BulkProgress, runBulk } from './bulk.ts';

const won = buildStage({ id: 'won', name: 'Won' });
const deals = Array.from({ length: 45 }, (_, n) => buildDeal({ id: `deal-${n}`, tags: ['old'] }));

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
}

function restThat(answer: (sent: Sent) => unknown): { rest: Rest; sent: Sent[] } {
  const sent: Sent[] = [];
  const rest: Rest = {
    get: () => Promise.reject(new Error('not asked for')),
    open: () => Promise.reject(new Error('not asked for')),
    send: async (method, path, body) => {
      sent.push({ method, path, body });
      return answer({ method, path, body });
    },
  };
  return { rest, sent };
}

async function run(rest: Rest, action: BulkAction, isStopped = () => false, list = deals) {
  const steps: BulkProgress[] = [];
  const end = await runBulk(rest, list, action, {
    ...{ onProgress: (now) => steps.push(now), isStopped },
  });
  return { end, steps };
}

const idsIn = ({ body }: Sent): string[] =>
  body && 'ids' in body ? Object.values(body.ids ?? {}) : [];

describe('runBulk', () => {
  it('changes many by few requests, and tells which were refused and why', async () => {
    const { rest, sent } = restThat((each) => ({
      results: idsIn(each).map((id) =>
        id === 'deal-21'
          ? { id, success: false, error: { error: 'Not yours' } }
          : { id, success: true, record: {} },
      ),
    }));
    const { end, steps } = await run(rest, { kind: 'move', stage: won });
    expect(sent.map((each) => [each.path, idsIn(each).length])).toEqual([
      ['/api/deals/bulk', 20],
      ['/api/deals/bulk', 20],
      ['/api/deals/bulk', 5],
    ]);
    expect(steps.map(({ done, failures }) => [done.length, failures.length])).toEqual([
      [20, 0],
      [39, 1],
      [44, 1],
    ]);
    expect(end.failures).toEqual([{ deal: deals[21], reason: 'Not yours' }]);
  });

  it('adds a tag to each on the version it was seen at, and not twice', async () => {
    const tagged = buildDeal({ id: 'tagged', tags: ['new'] });
    const { rest, sent } = restThat(({ path }) => {
      if (path.endsWith('deal-1')) throw refusal('Somebody was faster');
      return {};
    });
    const few = [...deals.slice(0, 2), tagged];
    const { end } = await run(rest, { kind: 'tag', tag: 'new' }, undefined, few);
    expect(sent).toEqual(
      ['deal-0', 'deal-1'].map((id) => ({
        ...{ method: 'PATCH', path: `/api/deals/${id}` },
        body: { version: 1, tags: ['old', 'new'] },
      })),
    );
    expect(end.done).toEqual([deals[0], tagged]);
    expect(end.failures).toEqual([{ deal: deals[1], reason: 'Somebody was faster' }]);
  });

  it('goes no further once it is stopped', async () => {
    const { rest, sent } = restThat(() => ({}));
    const { end } = await run(rest, { kind: 'delete' }, () => sent.length >= 8);
    expect(sent).toHaveLength(8);
    expect(end).toMatchObject({ total: 45, failures: [] });
    expect(end.done).toHaveLength(8);
  });

  it('counts a part that did not get through as refused', async () => {
    const { rest } = restThat(() => {
      throw new TypeError('Failed to fetch');
    });
    const { end } = await run(rest, { kind: 'owner', ownerId: 'ben', name: 'Ben' });
    expect(end.done).toEqual([]);
    expect(end.failures).toHaveLength(45);
  });
});
