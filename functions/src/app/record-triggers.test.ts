import { expect, it } from '@jest/globals';
import { allRecordKinds, recordKinds } from './record-kinds.ts';
import { recordEvent } from './record-triggers.ts';
import { sweep } from './schedules.ts';

it('has one trigger for each kind of record, on its collection, that is delivered until it succeeds', () => {
  expect(Object.keys(recordEvent).sort()).toEqual(Object.keys(recordKinds).sort());
  for (const [name, trigger] of Object.entries(recordEvent)) {
    expect(trigger.__endpoint.eventTrigger).toMatchObject({
      eventType: 'google.cloud.firestore.document.v1.written',
      eventFilterPathPatterns: { document: expect.stringMatching(`^orgs/{\\w+}/${name}/{\\w+}$`) },
      retry: true,
    });
  }
});

it('has each kind under the name of its collection', () => {
  const paths = Object.values(recordKinds).map(({ collection }) => collection.path('o'));
  expect(paths).toEqual(Object.keys(recordKinds).map((name) => `orgs/o/${name}`));
  expect(allRecordKinds).toHaveLength(paths.length);
});

it('has the sweep for lost triggers on a schedule', () => {
  expect(sweep.__endpoint.scheduleTrigger).toMatchObject({ schedule: 'every 5 minutes' });
});
