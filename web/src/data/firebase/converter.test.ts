import { describe, expect, it } from '@jest/globals';
import { type Deal, dealSchema } from '@splitline/functions/contracts';
import { Timestamp } from 'firebase/firestore';
import { buildDeal } from '../../features/deals/deal-fixtures.ts';
import { type DocumentRead, readDocument, readList, timestampsToDates } from './converter.ts';

const { id: _id, ...deal } = buildDeal({ expectedCloseDate: new Date('2026-02-01T00:00:00Z') });

function snapshot(id: string, data: unknown): DocumentRead {
  return { id, data: () => data };
}

function asStored(value: Deal): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      field instanceof Date ? Timestamp.fromDate(field) : field,
    ]),
  );
}

describe('timestampsToDates', () => {
  it('reaches into lists and maps and leaves the rest alone', () => {
    const at = new Date('2026-01-05T09:00:00.123Z');
    const stored = { a: [{ b: Timestamp.fromDate(at) }], c: null, d: 'text', e: 1 };
    expect(timestampsToDates(stored)).toEqual({ a: [{ b: at }], c: null, d: 'text', e: 1 });
  });
});

describe('readDocument', () => {
  it('gives the document with its id', () => {
    expect(readDocument(dealSchema, snapshot('d1', asStored(deal)))).toEqual({ ...deal, id: 'd1' });
  });

  it('asks for an estimate of the time of a write that is under way', () => {
    let asked: unknown;
    const document: DocumentRead = {
      id: 'd1',
      data: (options) => {
        asked = options;
        return asStored(deal);
      },
    };
    readDocument(dealSchema, document);
    expect(asked).toEqual({ serverTimestamps: 'estimate' });
  });

  it.each([
    ['absent', undefined],
    ['lacking a field', { title: 'Only a title' }],
    ['with a field too many', { ...asStored(deal), surprise: true }],
  ])('gives nothing for a document that is %s', (_what, data) => {
    expect(readDocument(dealSchema, snapshot('d1', data))).toBeUndefined();
  });
});

describe('readList', () => {
  it('counts what it cannot read and keeps the rest', () => {
    const docs = [snapshot('good', asStored(deal)), snapshot('bad', { title: 1 })];
    expect(readList(dealSchema, { docs })).toEqual({
      records: [{ ...deal, id: 'good' }],
      unreadable: 1,
    });
  });
});
