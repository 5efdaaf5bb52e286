import { createRouter } from '../../functions/src/app/router.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Log } from '../../functions/src/platform/log.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { payByStripe } from '../payouts/stripe-world.ts';
import { idsIn } from '../support/as.ts';
import { RecordedTasks } from '../support/jobs.ts';
import { type Mails, tokenIn } from '../support/mails.ts';
import { useOpenAi } from '../support/openai.ts';
import {
  addMember,
  createOrganisation,
  freshEmail,
  type Member,
  type Organisation,
} from '../support/organisation.ts';
import { listIn, requestOf, textIn } from '../support/request.ts';
import type { TestStripe } from '../support/stripe.ts';
import { useTwilio } from '../support/twilio.ts';

/** The kinds of record that a request can name by its id, and that another organisation has too. */
export type Named = 'deals' | 'contacts' | 'companies' | 'leads' | 'users' | 'teams';

// For whichever test file has a world.
useTwilio();
useOpenAi();

/** The queue: it remembers what was asked of it, and nobody works on it. */
export const tasks = new RecordedTasks();

/** The product in this process, silent. */
export const router = createRouter((requestId) => ({
  ...startInvocation(requestId),
  log: silent,
  tasks,
}));

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An organisation in which requests are tried, and another one whose records they must not reach. */
export interface FuzzWorld {
  readonly org: Organisation;
  readonly other: Organisation;
  readonly password: string;
  /** Makes something through its door, as the administrator, and answers its id. */
  make(path: string, body: object): Promise<string>;
  /** A new record of a kind, which nothing else names. */
  fresh(kind: 'deals' | 'contacts' | 'companies' | 'leads'): Promise<string>;
  /** A new member, a rep of the team east. */
  freshMember(): Promise<Member>;
  /** Gives a member an account at Stripe that money can be sent to. */
  openStripeAccount(member: Member): Promise<void>;
  /** The token in the mail of a new invitation. */
  invitationToken(): Promise<string>;
  /** The stages of the pipeline in their order. */
  stageIds(): Promise<string[]>;
  /** An uploaded file of contacts. */
  freshImport(): Promise<string>;
  /** An import of contacts whose job has ended. */
  endedImport(): Promise<string>;
  /** The other organisation's record of the kind that an id of this one names, if it names one. */
  foreignOf(id: string): string | undefined;
}

const bodies = {
  deals: () => ({ title: 'Website Redesign', value: 15_000 }),
  contacts: () => ({ firstName: 'Grace', lastName: 'Hopper', email: freshEmail('grace') }),
  companies: () => ({ name: `Acme ${newId()}` }),
  leads: () => ({ businessName: `Bakery ${newId()}` }),
} as const;

/** Makes both organisations, with all mails and the Stripe that this process talks to. */
export async function createFuzzWorld(mails: Mails, stripe: TestStripe): Promise<FuzzWorld> {
  const [org, other] = await Promise.all([createOrganisation(), createOrganisation()]);
  const kindOf = new Map<string, Named>();
  const make = (path: string, body: object) => makeBy(org, path, body);
  const remember = (kind: Named, id: string) => {
    kindOf.set(id, kind);
    return id;
  };
  const freshImport = () =>
    make('/api/imports', { recordType: 'contact', csv: 'First name,Email\nAda,ada@example.com' });
  const foreign = await foreignRecords(other);
  for (const { uid } of [org.admin, org.manager, org.rep, org.rep2, org.colleague]) {
    remember('users', uid);
  }
  remember('teams', org.teams.east);
  remember('teams', org.teams.west);
  return {
    org,
    other,
    password: 'a password of tests',
    make,
    fresh: async (kind) => remember(kind, await make(`/api/${kind}`, bodies[kind]())),
    freshMember: async () => {
      const member = await addMember(org.orgId, 'fresh', { teamId: org.teams.east });
      remember('users', member.uid);
      return member;
    },
    openStripeAccount: async (member) => {
      await payByStripe(org, member, stripe.client(), stripe.fake());
    },
    invitationToken: async () => {
      const email = freshEmail('invited');
      await make('/api/invitations', { email, name: 'Ina Invited', role: 'rep' });
      return tokenIn(await mails.newestTo(email));
    },
    stageIds: async () => {
      const answer = await requestOf(router, 'GET /api/stages', { token: await org.admin.token() });
      return idsIn(listIn(answer.body, 'stages'));
    },
    freshImport,
    endedImport: async () => {
      const id = await freshImport();
      const token = await org.admin.token();
      const body = { options: { ownerId: org.rep.uid } };
      const committed = await requestOf(router, `POST /api/imports/${id}/commit`, { token, body });
      const jobId = textIn(committed.body, 'jobId');
      await requestOf(router, `POST /api/jobs/${jobId}/cancel`, { token });
      return id;
    },
    foreignOf: (id) => {
      const kind = kindOf.get(id);
      return kind && foreign[kind];
    },
  };
}

async function foreignRecords(other: Organisation): Promise<Record<Named, string>> {
  const make = (kind: keyof typeof bodies) => makeBy(other, `/api/${kind}`, bodies[kind]());
  return {
    deals: await make('deals'),
    contacts: await make('contacts'),
    companies: await make('companies'),
    leads: await make('leads'),
    users: other.rep.uid,
    teams: other.teams.east,
  };
}

function hasField(body: unknown, field: string): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, field);
}

async function makeBy({ admin }: Organisation, path: string, body: object): Promise<string> {
  const answer = await requestOf(router, `POST ${path}`, { token: await admin.token(), body });
  if (answer.status !== 201) throw new Error(`not made: ${path} ${JSON.stringify(answer.body)}`);
  const idField = ['id', 'importId', 'jobId', 'key'].find((field) => hasField(answer.body, field));
  return textIn(answer.body, idField ?? 'id');
}
