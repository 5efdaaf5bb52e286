import { z } from 'zod';
import { platformSetting } from './platform.ts';

const rowSchema = z.object({
  document: z.object({ name: z.string(), updateTime: z.string() }).optional(),
});

/** Written by triggers, some time after what they tell of. */
const LATE = /\/orgs\/[^/]+\/events\//;

/**
 * Every document below the given organisations with the time of its last write: two equal
 * snapshots mean that nothing was written in between. Events are left out, for they come late.
 */
export async function snapshotOf(orgIds: readonly string[]): Promise<Record<string, string>> {
  const lists = await Promise.all(orgIds.map(documentsBelow));
  return Object.fromEntries(lists.flat().filter(([name]) => !LATE.test(name)));
}

/** Waiting to be sent: the sweeps of other test files go through all organisations. */
const OUTBOX =
  /\/orgs\/[^/]+\/(conversations|deliveries|disputeNotices|invitations|messages|runs|subscriptions)\//;

/**
 * The documents that one snapshot has and the other has not, or has of another time. What waits to be
 * sent counts when it is new: a sweep that runs beside may have sent what was there.
 */
export function differences(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) =>
    OUTBOX.test(name) ? !(name in before) : before[name] !== after[name],
  );
}

async function documentsBelow(orgId: string): Promise<[string, string][]> {
  const host = platformSetting('FIRESTORE_EMULATOR_HOST');
  const project = platformSetting('GCLOUD_PROJECT');
  const parent = `projects/${project}/databases/(default)/documents/orgs/${orgId}`;
  const answer = await fetch(`http://${host}/v1/${parent}:runQuery`, {
    method: 'POST',
    // What the emulator takes for a server's credentials, to which no rules apply.
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer owner' },
    body: JSON.stringify({
      structuredQuery: {
        from: [{ allDescendants: true }],
        select: { fields: [{ fieldPath: '__name__' }] },
      },
    }),
  });
  const rows = z.array(rowSchema).parse(await answer.json());
  return rows.flatMap(({ document }) => (document ? [[document.name, document.updateTime]] : []));
}
