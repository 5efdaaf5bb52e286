/** The demo organisation that `npm start` shows, made by the product's own use cases. */

import pMap from 'p-map';
import { createDeal, moveDealStage } from '../functions/src/modules/deals/deals.public.ts';
import { newDealSchema } from '../functions/src/modules/deals/deals.schema.ts';
import { newPlanSchema } from '../functions/src/modules/plans/plans.schema.ts';
import { createPlan } from '../functions/src/modules/plans/plans.service.ts';
import { createTeam } from '../functions/src/modules/teams/teams.service.ts';
import { loadPrincipal } from '../functions/src/modules/users/users.public.ts';
import { findAccount } from '../functions/src/platform/accounts.ts';
import type { Context } from '../functions/src/platform/context.ts';
import { IdempotencyKey } from '../functions/src/platform/idempotency.ts';
import type { Principal } from '../functions/src/platform/principal.schema.ts';
import { startInvocation } from '../functions/src/platform/runtime.ts';
import { addMember } from '../functions/src/workflows/add-member.ts';
import { signUp } from '../functions/src/workflows/sign-up.ts';
import { type DemoDeal, demoDeals } from './demo-deals.ts';
import { DEMO_PASSWORD } from './launcher/demo-users.ts';

type Caller = Context<Principal>;
type Owners = Readonly<Record<DemoDeal['owner'], string>>;

const ADMIN_EMAIL = 'admin@splitline.test';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Demo deals are made a few at a time: each worker of the functions emulator takes one event. */
const CONCURRENCY = 6;

/**
 * Makes the demo organisation, or what is missing of it: each step is done once, so a start that
 * was interrupted is completed by the next.
 */
export async function seedDemo(): Promise<void> {
  const admin = await getAdmin();
  const owners = await addPeople(admin);
  await addPlan(admin);
  const add = (deal: DemoDeal, index: number) => addDeal(admin, owners, deal, index);
  await pMap(demoDeals, add, { concurrency: CONCURRENCY });
}

async function getAdmin(): Promise<Caller> {
  const invocation = quietInvocation();
  const existing = await findAccount(ADMIN_EMAIL);
  const identity = existing ?? (await signUpDemo());
  return { ...invocation, principal: await loadPrincipal(invocation.store, identity) };
}

async function signUpDemo(): Promise<{ uid: string; orgId: string }> {
  const { userId, orgId } = await signUp(quietInvocation(), {
    name: 'Ada Lindqvist',
    email: ADMIN_EMAIL,
    password: DEMO_PASSWORD,
    businessName: 'Splitline Demo',
    industry: 'Software',
    currency: 'USD',
    timeZone: 'America/New_York',
  });
  return { uid: userId, orgId };
}

async function addPeople(admin: Caller): Promise<Owners> {
  const north = await createTeam(once(admin, 'team North'), { name: 'North' });
  const south = await createTeam(once(admin, 'team South'), { name: 'South' });
  const person = (email: string, name: string, role: 'manager' | 'rep', teamId: string) =>
    findOrAdd(admin, email, name, role, teamId);
  return {
    manager: await person('manager@splitline.test', 'Marcus Okafor', 'manager', north.id),
    rep: await person('rep@splitline.test', 'Rosa Delgado', 'rep', north.id),
    rep2: await person('rep2@splitline.test', 'Kenji Tanaka', 'rep', south.id),
  };
}

/** What deals pay: a commission to whoever shares them, and a part on top to the team's manager. */
async function addPlan(admin: Caller): Promise<void> {
  const plan = newPlanSchema.parse({
    name: 'Standard commission',
    description: '10 % of what is won, and 2 % to the manager of the team.',
    terms: {
      rules: [
        { kind: 'percent', rateBps: 1000 },
        { kind: 'override', rateBps: 200 },
      ],
      assignment: { everyone: true },
    },
  });
  await createPlan(once(admin, 'plan'), plan);
}

async function findOrAdd(
  admin: Caller,
  email: string,
  name: string,
  role: 'manager' | 'rep',
  teamId: string,
): Promise<string> {
  const existing = await findAccount(email);
  if (existing?.orgId !== undefined) return existing.uid;
  const managedTeamIds = role === 'manager' ? [teamId] : [];
  const password = DEMO_PASSWORD;
  const member = { email, name, role, teamId, managedTeamIds, password };
  return (await addMember(admin, member)).userId;
}

async function addDeal(
  admin: Caller,
  owners: Owners,
  { title, value, stage, owner, closesInDays }: DemoDeal,
  index: number,
): Promise<void> {
  const closesOn = new Date(Date.now() + closesInDays * DAY_MS).toISOString().slice(0, 10);
  const input = newDealSchema.parse({
    title,
    value: { amountMajor: value, currency: 'USD' },
    expectedCloseDate: closesOn,
    ownerId: owners[owner],
  });
  const deal = await createDeal(once(admin, `deal ${index}`), input);
  await moveDealStage(once(admin, `stage of deal ${index}`), { dealId: deal.id, stage });
}

/** The caller with a key under which this step is done once, however often the demo is seeded. */
function once(admin: Caller, step: string): Caller {
  return { ...admin, idempotency: new IdempotencyKey('demo', step, step) };
}

/** An invocation whose log lines do not mix with the launcher's progress. */
function quietInvocation() {
  const ignore = () => undefined;
  return { ...startInvocation('demo'), log: { info: ignore, warn: ignore, error: ignore } };
}
