import { firestore } from '../../functions/src/platform/firestore.ts';
import { request, textIn } from './request.ts';

/** Creates a team through its door and answers its id. */
export async function createTeam(adminToken: string, name: string): Promise<string> {
  const { status, body } = await request('POST /api/teams', { token: adminToken, body: { name } });
  if (status !== 201) throw new Error(`no team: ${JSON.stringify(body)}`);
  return textIn(body, 'id');
}

/** A document below an organisation as it is stored. */
export async function stored(orgId: string, path: string) {
  return (await firestore().doc(`orgs/${orgId}/${path}`).get()).data();
}
