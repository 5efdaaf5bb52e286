import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { dollarsPerMillion, type Measured, measureAll } from './cost-table.ts';
import { authentication, operations } from './operations.ts';
import type { Cost } from './wire.ts';

let rows: Measured[];
beforeAll(async () => {
  rows = await measureAll();
}, 60_000);

function rowOf(name: string): Measured {
  const row = rows.find(({ operation }) => operation.name === name);
  if (row === undefined) throw new Error(`'${name}' was not measured`);
  return row;
}

describe.each([authentication, ...operations])('$name', ({ name, cost, budget }) => {
  it('costs what is committed, to the document', () => {
    expect(rowOf(name).meter).toEqual(cost);
  });

  it('is metered as the wire shows it', () => {
    expect(rowOf(name).wire).toEqual(rowOf(name).meter);
  });

  if (budget !== undefined) {
    it('is within its budget', () => {
      expect(overdrawn(cost, budget)).toEqual([]);
    });
  }
});

function overdrawn(cost: Cost, budget: Cost): string[] {
  const kinds = ['reads', 'writes', 'roundTrips'] as const;
  return kinds.filter((kind) => cost[kind] > budget[kind]);
}

describe('a request that the rules decide', () => {
  it('costs one dependent read: the rules name one document to look up', async () => {
    const file = path.resolve(import.meta.dirname, '../../firestore.rules');
    const rules = (await readFile(file, 'utf8')).replaceAll(/\/\/.*$/gm, '');
    expect(rules.match(/\b(get|exists|getAfter|existsAfter)\((?=\s*\/)/g)).toEqual(['get(']);
  });
});

describe('dollarsPerMillion', () => {
  it.each([
    [{ reads: 1, writes: 0, roundTrips: 1 }, 0.3],
    [{ reads: 0, writes: 1, roundTrips: 1 }, 0.9],
    [{ reads: 2, writes: 2, roundTrips: 2 }, 2.4],
  ])('prices %j', (cost, dollars) => {
    expect(dollarsPerMillion(cost)).toBeCloseTo(dollars, 10);
  });
});
