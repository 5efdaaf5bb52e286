import { describe, expect, it } from '@jest/globals';
import type { OwnedView } from '../../data/records.ts';
import { applyChanges, sortRecords } from './record-list.ts';

type Named = OwnedView & { readonly name: string };

function named(id: string, name: string, day: number): Named {
  const at = `2026-01-0${day}T00:00:00.000Z`;
  return {
    ...{ id, name, tags: [], customFields: {}, ownerId: 'u', teamId: null, version: 1 },
    ...{ createdAt: at, updatedAt: at },
  };
}

const anna = named('1', 'Anna', 1);
const emile = named('2', 'Émile', 3);
const zoe = named('3', 'Zoe', 2);
const nameOf = ({ name }: Named) => name;

describe('applyChanges', () => {
  it('shows new values and leaves out what is gone', () => {
    const renamed = { ...anna, name: 'Bea' };
    const changes = new Map([
      ['1', renamed],
      ['2', undefined],
    ]);
    expect(applyChanges([anna, emile, zoe], changes)).toEqual([renamed, zoe]);
  });

  it('shows a record of two pages once', () => {
    expect(applyChanges([anna, zoe, anna], new Map())).toEqual([anna, zoe]);
  });
});

describe('sortRecords', () => {
  it('sorts by name as languages do', () => {
    expect(sortRecords([zoe, emile, anna], 'name', nameOf)).toEqual([anna, emile, zoe]);
  });

  it('puts the latest change first', () => {
    expect(sortRecords([anna, zoe, emile], 'updated', nameOf)).toEqual([emile, zoe, anna]);
  });
});
