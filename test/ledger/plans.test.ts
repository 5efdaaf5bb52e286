import { beforeAll, describe, expect, it } from '@jest/globals';
import { as, idsIn } from '../support/as.ts';
import { DealTriggers, ledgerOf } from '../support/earnings.ts';
import { addMember, createOrganisation, type Organisation } from '../support/organisation.ts';
import { listIn, request, textIn } from '../support/request.ts';

let org: Organisation;
let other: Organisation;
beforeAll(async () => {
  [org, other] = await Promise.all([createOrganisation(), createOrganisation()]);
});

const percent = (rateBps: number) => ({ kind: 'percent', rateBps });
const everyone = { everyone: true };
async function newTeam(of: Organisation): Promise<string> {
  const { body } = await as(of.admin, 'POST /api/teams', { name: 'South' });
  return textIn(body, 'id');
}
const terms = { rules: [percent(1000)], assignment: everyone };

async function newPlan(of: Organisation, fields: object = {}, name = 'Field sales') {
  const answer = await as(of.admin, 'POST /api/plans', { name, terms: { ...terms, ...fields } });
  if (answer.status !== 201) throw new Error(`not made: ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, 'id');
}

describe('a plan', () => {
  it('is created with its first version', async () => {
    const teamId = await newTeam(org);
    const answer = await as(org.admin, 'POST /api/plans', {
      name: 'Field sales',
      description: 'For the field',
      terms: {
        ...{ currency: 'USD', capMinor: 500_000, floorMinor: 100 },
        rules: [
          { kind: 'percent', rateBps: 1000, role: 'closer' },
          { kind: 'fixed', amountMinor: 5000 },
          { kind: 'override', rateBps: 200 },
        ],
        assignment: { teamIds: [teamId], userIds: [org.rep2.uid] },
        ...{ effectiveFrom: '2026-01-01T00:00:00Z', effectiveTo: '2027-01-01T00:00:00Z' },
      },
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        ...{ name: 'Field sales', description: 'For the field', latestVersion: 1, version: 1 },
        archivedAt: null,
        versions: [
          {
            ...{ number: 1, currency: 'USD', capMinor: 500_000, floorMinor: 100 },
            rules: [{ role: 'closer' }, { amountMinor: 5000, role: null }, { rateBps: 200 }],
            assignment: { everyone: false, teamIds: [teamId], userIds: [org.rep2.uid] },
            effectiveFrom: '2026-01-01T00:00:00.000Z',
            effectiveTo: '2027-01-01T00:00:00.000Z',
            publishedBy: org.admin.uid,
          },
        ],
      },
    });
  });

  it('is listed, renamed, given another version, and shown with both', async () => {
    const id = await newPlan(org);
    const renamed = await as(org.admin, `PATCH /api/plans/${id}`, { name: 'Inside sales' });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Inside sales', version: 2 } });
    const more = { ...terms, rules: [percent(1200)] };
    const published = await as(org.admin, `POST /api/plans/${id}/versions`, more);
    expect(published).toMatchObject({ status: 201, body: { latestVersion: 2, version: 3 } });
    const { body } = await as(org.admin, `GET /api/plans/${id}`);
    expect(body).toMatchObject({
      versions: [
        { number: 2, rules: [{ rateBps: 1200 }] },
        { number: 1, rules: [{ rateBps: 1000 }] },
      ],
    });
    const list = await as(org.admin, 'GET /api/plans');
    expect(idsIn(listIn(list.body, 'plans'))).toContain(id);
  });

  it('takes two publications at once, one after the other', async () => {
    const id = await newPlan(org);
    const publish = (rateBps: number) =>
      as(org.admin, `POST /api/plans/${id}/versions`, { ...terms, rules: [percent(rateBps)] });
    const answers = await Promise.all([publish(100), publish(200)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const { body } = await as(org.admin, `GET /api/plans/${id}`);
    expect(listIn(body, 'versions')).toHaveLength(3);
    expect(body).toMatchObject({ latestVersion: 3 });
  });

  it('takes no change once it is archived', async () => {
    const id = await newPlan(org);
    expect((await as(org.admin, `DELETE /api/plans/${id}`)).status).toBe(200);
    expect((await as(org.admin, `DELETE /api/plans/${id}`)).status).toBe(200);
    expect((await as(org.admin, `PATCH /api/plans/${id}`, { name: 'New' })).status).toBe(422);
    expect((await as(org.admin, `POST /api/plans/${id}/versions`, terms)).status).toBe(422);
    const inUse = await as(org.admin, 'GET /api/plans');
    expect(idsIn(listIn(inUse.body, 'plans'))).not.toContain(id);
    const archived = await as(org.admin, 'GET /api/plans?archived=true');
    expect(idsIn(listIn(archived.body, 'plans'))).toContain(id);
  });
});

describe('terms that break a rule', () => {
  const cap = { capMinor: 100, currency: 'USD' };
  const tiers = (...froms: number[]) => ({
    ...{ kind: 'tiers', mode: 'marginal' },
    tiers: froms.map((fromMinor) => ({ fromMinor, rateBps: 100 })),
  });
  it.each<[string, object, string]>([
    ['no rules', { rules: [] }, 'rules'],
    ['a rate below nothing', { rules: [percent(-1)] }, 'rules.0.rateBps'],
    ['a rate of eleven times the value', { rules: [percent(100_001)] }, 'rules.0.rateBps'],
    ['half a basis point', { rules: [percent(0.5)] }, 'rules.0.rateBps'],
    ['a rule of no kind', { rules: [{ kind: 'gift', rateBps: 1 }] }, 'rules.0.kind'],
    ['a cap without a currency', { capMinor: 100 }, 'currency'],
    ['a floor without a currency', { floorMinor: 100 }, 'currency'],
    ['an amount without a currency', { rules: [{ kind: 'fixed', amountMinor: 1 }] }, 'currency'],
    ['tiers without a currency', { rules: [tiers(0)] }, 'currency'],
    ['a currency that is none', { currency: 'USX' }, 'currency'],
    ['tiers beside a cap', { ...cap, rules: [tiers(0)] }, 'rules'],
    ['a floor above the cap', { ...cap, floorMinor: 101 }, 'floorMinor'],
    ['two rules of tiers', { currency: 'USD', rules: [tiers(0), tiers(0)] }, 'rules'],
    ['tiers that begin above 0', { currency: 'USD', rules: [tiers(1)] }, 'rules.0.tiers'],
    ['tiers that do not rise', { currency: 'USD', rules: [tiers(0, 5, 5)] }, 'rules.0.tiers'],
    [
      'an end before the beginning',
      { effectiveFrom: '2026-02-01T00:00:00Z', effectiveTo: '2026-01-01T00:00:00Z' },
      'effectiveTo',
    ],
    ['somebody unknown', { assignment: { userIds: ['nobody'] } }, 'assignment.userIds'],
    ['an unknown team', { assignment: { teamIds: ['none'] } }, 'assignment.teamIds'],
    ['nothing said of whom', { assignment: undefined }, 'assignment'],
    ['an unknown key', { bonus: 5 }, 'bonus'],
  ])('%s: is refused with its field', async (_what, fields, field) => {
    const given = { ...terms, ...fields };
    const created = await as(org.admin, 'POST /api/plans', { name: 'Bad', terms: given });
    expect([400, 422]).toContain(created.status);
    expect(created.body).toMatchObject({ field: `terms.${field}` });
    const id = await newPlan(org);
    const published = await as(org.admin, `POST /api/plans/${id}/versions`, given);
    expect([400, 422]).toContain(published.status);
    expect(published.body).toMatchObject({ field });
  });

  it('a person of another organisation is refused like nobody', async () => {
    const assigned = { ...terms, assignment: { userIds: [other.rep.uid] } };
    const { status, body } = await as(org.admin, 'POST /api/plans', { name: 'X', terms: assigned });
    expect([status, body]).toMatchObject([422, { field: 'terms.assignment.userIds' }]);
  });
});

describe('whoever is no administrator', () => {
  it.each(['rep', 'manager'] as const)('as %s is refused everything', async (role) => {
    const id = await newPlan(org);
    for (const [line, body] of [
      ['GET /api/plans'],
      ['POST /api/plans', { name: 'Mine', terms }],
      [`GET /api/plans/${id}`],
      [`PATCH /api/plans/${id}`, { name: 'Mine' }],
      [`POST /api/plans/${id}/versions`, terms],
      [`DELETE /api/plans/${id}`],
    ] as const) {
      expect([line, (await as(org[role], line, body)).status]).toEqual([line, 403]);
    }
  });

  it('without a token is refused everything', async () => {
    for (const line of ['GET /api/plans', 'POST /api/plans', 'GET /api/earnings/plans']) {
      expect((await request(line)).status).toBe(401);
    }
  });

  it('and of another organisation finds nothing', async () => {
    const id = await newPlan(org);
    const essence = async (planId: string, line: string, body?: object) => {
      const answer = await as(other.admin, line.replace('{id}', planId), body);
      return [answer.status, textIn(answer.body, 'error').replaceAll(planId, '')];
    };
    for (const [line, body] of [
      ['GET /api/plans/{id}'],
      ['PATCH /api/plans/{id}', { name: 'Ours' }],
      ['POST /api/plans/{id}/versions', terms],
      ['DELETE /api/plans/{id}'],
    ] as const) {
      const foreign = await essence(id, line, body);
      expect(foreign[0]).toBe(404);
      expect(foreign).toEqual(await essence('absent', line, body));
    }
  });
});

describe('whose plan counts', () => {
  async function fresh() {
    const of = await createOrganisation();
    const triggers = new DealTriggers(of.orgId);
    const win = async (person: Organisation['rep']) => {
      const deal = { title: 'Website', value: 1000, stage: 'CLOSED_WON' };
      const { body } = await as(person, 'POST /api/deals', deal);
      await triggers.follow(textIn(body, 'id'));
      const entries = Object.values(await ledgerOf(of.orgId));
      return entries.find(({ dealId }) => dealId === textIn(body, 'id'))?.pendingMinor;
    };
    return { of, win };
  }

  it('is the one for the person, else for the team, else for everybody', async () => {
    const { of, win } = await fresh();
    const teamId = await newTeam(of);
    const [named, inTeam] = await Promise.all([
      addMember(of.orgId, 'named', { teamId }),
      addMember(of.orgId, 'inteam', { teamId }),
    ]);
    await newPlan(of, { rules: [percent(3000)], assignment: { userIds: [named.uid] } });
    await newPlan(of, { rules: [percent(2000)], assignment: { teamIds: [teamId] } });
    await newPlan(of, { rules: [percent(1000)] });
    expect(await win(named)).toBe(30_000);
    expect(await win(inTeam)).toBe(20_000);
    expect(await win(of.rep2)).toBe(10_000);
  });

  it('is one in force', async () => {
    const { of, win } = await fresh();
    await newPlan(of, { rules: [percent(3000)], effectiveFrom: '2999-01-01T00:00:00Z' });
    await newPlan(of, {
      rules: [percent(2000)],
      ...{ effectiveFrom: '2000-01-01T00:00:00Z', effectiveTo: '2001-01-01T00:00:00Z' },
    });
    expect(await win(of.rep)).toBeUndefined();
    await newPlan(of, { rules: [percent(1000)], effectiveFrom: '2000-01-01T00:00:00Z' });
    expect(await win(of.rep)).toBe(10_000);
  });

  it('is none that is archived', async () => {
    const { of, win } = await fresh();
    const id = await newPlan(of, { assignment: { userIds: [of.rep.uid] }, rules: [percent(3000)] });
    await newPlan(of);
    await as(of.admin, `DELETE /api/plans/${id}`);
    expect(await win(of.rep)).toBe(10_000);
  });
});

describe('own plans', () => {
  it('are those that the caller earns by, and nothing of others', async () => {
    const of = await createOrganisation();
    const own = { rules: [percent(3000)], assignment: { userIds: [of.rep.uid] } };
    await newPlan(of, own, 'Star');
    await newPlan(of, { rules: [percent(1000), { kind: 'override', rateBps: 200 }] }, 'All');
    const euros = { currency: 'EUR', rules: [{ kind: 'fixed', amountMinor: 5 }] };
    await newPlan(of, { ...euros, assignment: { userIds: [of.rep2.uid] } }, 'Euros');
    const plansOf = async (person: Organisation['rep']) =>
      listIn((await as(person, 'GET /api/earnings/plans')).body, 'plans');
    const all = { planName: 'All', component: 'split', rules: [{ rateBps: 1000 }] };
    expect(await plansOf(of.rep)).toMatchObject([{ planName: 'Star', component: 'split' }]);
    expect(JSON.stringify(await plansOf(of.rep))).not.toMatch(/assignment|All/);
    expect(await plansOf(of.manager)).toMatchObject([
      all,
      { planName: 'All', component: 'override', rules: [{ rateBps: 200 }] },
    ]);
    const names = (await plansOf(of.rep2)).map((plan) => textIn(plan, 'planName'));
    expect(names.toSorted()).toEqual(['All', 'Euros']);
  });
});
