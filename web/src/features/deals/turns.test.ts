import { describe, expect, it } from '@jest/globals';
import { createTurns } from './turns.ts';

/** Work that a test ends, and a note of when it began. */
function buildWork(log: string[], name: string) {
  let succeed = (_result: string) => {};
  let fail = (_error: Error) => {};
  const result = new Promise<string>((resolve, reject) => {
    succeed = resolve;
    fail = reject;
  });
  const work = () => {
    log.push(name);
    return result;
  };
  return { work, succeed: () => succeed(name), fail: () => fail(new Error(name)) };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

describe('turns', () => {
  it('begin what is asked for second when the first is over', async () => {
    const log: string[] = [];
    const [first, second] = [buildWork(log, 'first'), buildWork(log, 'second')];
    const inTurn = createTurns();
    const one = inTurn('deal', first.work);
    const two = inTurn('deal', second.work);
    await settle();
    expect(log).toEqual(['first']);
    first.succeed();
    expect(await one).toBe('first');
    await settle();
    expect(log).toEqual(['first', 'second']);
    second.succeed();
    expect(await two).toBe('second');
  });

  it('do not wait for those of another key', async () => {
    const log: string[] = [];
    const inTurn = createTurns();
    void inTurn('deal', buildWork(log, 'first').work);
    void inTurn('other', buildWork(log, 'second').work);
    await settle();
    expect(log).toEqual(['first', 'second']);
  });

  it('go on after one that fails, which only who asked for it is told', async () => {
    const log: string[] = [];
    const [first, second] = [buildWork(log, 'first'), buildWork(log, 'second')];
    const inTurn = createTurns();
    const one = inTurn('deal', first.work);
    const two = inTurn('deal', second.work);
    await settle();
    first.fail();
    await expect(one).rejects.toThrow('first');
    second.succeed();
    expect(await two).toBe('second');
  });
});
