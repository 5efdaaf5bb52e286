import { describe, expect, it, jest } from '@jest/globals';
import { GeoPoint, Timestamp } from 'firebase-admin/firestore';
import { firestore, timestampsToDates } from './firestore.ts';

const noon = new Date('2026-02-01T12:00:00.123Z');

describe('timestampsToDates', () => {
  it('turns each Timestamp into a Date, however deep', () => {
    const stored = {
      at: Timestamp.fromDate(noon),
      list: [Timestamp.fromDate(noon), { at: Timestamp.fromDate(noon) }],
      other: [1, 'a', true, null],
    };
    expect(timestampsToDates(stored)).toEqual({
      at: noon,
      list: [noon, { at: noon }],
      other: [1, 'a', true, null],
    });
  });

  it('leaves values of other classes as they are', () => {
    const reference = firestore().doc('orgs/a');
    const point = new GeoPoint(1, 2);
    expect(timestampsToDates({ reference, point, noon })).toEqual({ reference, point, noon });
  });

  it('hands on the absence of a document', () => {
    expect(timestampsToDates(undefined)).toBeUndefined();
  });
});

describe('firestore', () => {
  it('is there although the process has an app of another name', () => {
    jest.isolateModules(() => {
      const { initializeApp } =
        jest.requireActual<typeof import('firebase-admin/app')>('firebase-admin/app');
      const fresh = jest.requireActual<typeof import('./firestore.ts')>('./firestore.ts');
      initializeApp({ projectId: 'demo-other' }, '__FIREBASE_FUNCTIONS_SDK__');
      expect(fresh.firestore().doc('orgs/a').path).toBe('orgs/a');
    });
  });
});
