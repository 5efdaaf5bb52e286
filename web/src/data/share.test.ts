import { describe, expect, it } from '@jest/globals';
import type { Problem } from './problem.ts';
import { share } from './share.ts';

/** A source that a test speaks for, and what was made of it. */
function buildSource() {
  const calls = { started: 0, stopped: 0 };
  let tell = (_value: number) => {};
  let fail = (_problem: Problem) => {};
  const source = share<number>((onValue, onProblem) => {
    calls.started += 1;
    tell = onValue;
    fail = onProblem;
    return () => {
      calls.stopped += 1;
    };
  });
  return {
    calls,
    tell: (value: number) => tell(value),
    fail: (message: string) => fail({ message }),
    listen: () => {
      const heard: (number | string)[] = [];
      const stop = source(
        (value) => heard.push(value),
        ({ message }) => heard.push(message),
      );
      return { heard, stop };
    },
  };
}

describe('share', () => {
  it('listens once for all, and tells who comes later what was heard last', () => {
    const { calls, tell, listen } = buildSource();
    const first = listen();
    tell(1);
    tell(2);
    const second = listen();
    tell(3);
    expect(first.heard).toEqual([1, 2, 3]);
    expect(second.heard).toEqual([2, 3]);
    expect(calls).toEqual({ started: 1, stopped: 0 });
  });

  it('ends with the last, and starts afresh for the next', () => {
    const { calls, tell, listen } = buildSource();
    const [first, second] = [listen(), listen()];
    tell(1);
    first.stop();
    first.stop();
    tell(2);
    expect(first.heard).toEqual([1]);
    expect(calls.stopped).toBe(0);
    second.stop();
    expect(calls).toEqual({ started: 1, stopped: 1 });
    const third = listen();
    expect(third.heard).toEqual([]);
    expect(calls).toEqual({ started: 2, stopped: 1 });
  });

  it('ends with a problem, which everybody is told; then one can start again', () => {
    const { calls, tell, fail, listen } = buildSource();
    const [first, second] = [listen(), listen()];
    fail('refused');
    expect([first.heard, second.heard]).toEqual([['refused'], ['refused']]);
    const again = listen();
    tell(1);
    first.stop();
    second.stop();
    expect(again.heard).toEqual([1]);
    expect(calls).toEqual({ started: 2, stopped: 1 });
  });

  it('can start again after a problem that came at once', () => {
    let started = 0;
    let stopped = 0;
    const source = share<number>((_onValue, onProblem) => {
      started += 1;
      onProblem({ message: 'refused' });
      return () => {
        stopped += 1;
      };
    });
    const heard: string[] = [];
    for (let n = 0; n < 2; n += 1)
      source(
        () => {},
        ({ message }) => heard.push(message),
      );
    expect({ heard, started, stopped }).toEqual({
      ...{ heard: ['refused', 'refused'], started: 2, stopped: 2 },
    });
  });
});
