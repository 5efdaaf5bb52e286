import { useState } from 'react';
import type { Rest, Schema } from '../../data/port.ts';
import type { Problem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { refusalOf } from './problems.ts';

/** Asks the server to try something, one attempt at a time; the last answer stays until the next. */
export function useTrial<T>(rest: Rest, path: string, schema: Schema<T>) {
  const [isRunning, setIsRunning] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [result, setResult] = useState<T>();
  const run = async (body: object) => {
    if (isRunning) return;
    setIsRunning(true);
    setProblem(undefined);
    try {
      setResult(readAnswer(schema, await rest.send('POST', path, body)));
    } catch (error) {
      setResult(undefined);
      setProblem(refusalOf(error));
    } finally {
      setIsRunning(false);
    }
  };
  return { run, isRunning, problem, result };
}

/** What a trial was refused for, with the place where the definition is at fault. */
export function trialProblem({ message, field }: Problem): string {
  const [, number] = /^steps\.(\d+)/.exec(field ?? '') ?? [];
  if (number !== undefined) return `Step ${Number(number) + 1}: ${message}`;
  if (field?.startsWith('condition') === true) return `Only if: ${message}`;
  return field?.startsWith('trigger') === true ? `When: ${message}` : message;
}
