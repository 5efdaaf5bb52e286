import { newRun, runIdOf } from '../../functions/src/modules/runs/runs.public.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Organisation } from '../support/organisation.ts';

/** Stores the run of a workflow that has failed at its first step, about a record of the rep's. */
export async function storeFailedRun(
  { orgId, rep, teams }: Organisation,
  workflowId: string,
  { recordId = newId(), stepId = 'wait' }: { recordId?: string; stepId?: string } = {},
): Promise<string> {
  const now = new Date();
  const eventId = `${recordId}_${newId()}`;
  const event = {
    ...{ ownerId: rep.uid, teamId: teams.east, participantIds: [rep.uid] },
    ...{ recordType: 'contact', recordId, version: 1, types: ['contact.created'] },
    ...{ actor: rep.uid, at: now, before: {}, after: {}, cause: null, recovered: false },
  };
  const start = { workflowId, workflowVersion: 1, timeZone: 'UTC', origin: 'event' } as const;
  const run = newRun({ ...start, eventId, event, before: undefined, after: {} }, now);
  const id = runIdOf(workflowId, eventId);
  const error = { code: 'failed-precondition', message: 'It has no date', field: null, stepId };
  const failed = { ...run, status: 'failed', nextSendAt: null, finishedAt: now, error };
  await firestore().doc(`orgs/${orgId}/runs/${id}`).create(failed);
  return id;
}
