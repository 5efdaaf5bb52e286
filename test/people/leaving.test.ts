import { beforeAll, describe, expect, it } from '@jest/globals';
import { as } from '../support/as.ts';
import { dealOf, storeDeal } from '../support/deals.ts';
import { addMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { request, textIn } from '../support/request.ts';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
});

describe('POST /api/users/me/leave', () => {
  it.each(['rep', 'manager', 'admin'] as const)('lets a %s leave, at once', async (role) => {
    const leaver = await addMember(org.orgId, 'leaver', { role, teamId: org.teams.east });
    const { uid } = leaver;
    const deal = await storeDeal(org.orgId, dealOf({ uid, teamId: org.teams.east }));
    const answer = await as(leaver, 'POST /api/users/me/leave');
    expect(answer).toMatchObject({ status: 200, body: { id: uid, active: false, version: 2 } });
    expect(await as(leaver, 'GET /api/deals')).toMatchObject({
      ...{ status: 403, body: { code: 'PERMISSION_DENIED' } },
    });
    expect(await stored(org.orgId, `users/${uid}`)).toMatchObject({ role, updatedBy: uid });
    expect(await stored(org.orgId, `deals/${deal}`)).toMatchObject({ ownerId: uid });
  });

  it('lets no API key leave', async () => {
    const { body } = await as(org.admin, 'POST /api/api-keys', {
      ...{ name: 'Zapier', scopes: ['read:crm', 'write:crm'] },
    });
    const answer = await request('POST /api/users/me/leave', { token: textIn(body, 'secret') });
    expect(answer.status).toBe(403);
  });
});
