import { as } from '../support/as.ts';
import type { DealTriggers } from '../support/earnings.ts';
import type { Member, Organisation } from '../support/organisation.ts';
import { type Answer, textIn } from '../support/request.ts';

/** Sends a request and fails the test unless it is answered as expected. */
export async function ok(
  person: Pick<Member, 'token'>,
  line: string,
  body?: unknown,
  status = 200,
): Promise<Answer> {
  const answer = await as(person, line, body);
  if (answer.status !== status) {
    throw new Error(`${line}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer;
}

/** A deal of the rep's that is won, its earnings posted at `postedAt`; 1,000.00 unless given. */
export async function wonDeal(
  org: Organisation,
  triggers: DealTriggers,
  { value = 1000, postedAt = new Date() }: { value?: number; postedAt?: Date } = {},
): Promise<string> {
  const { body } = await ok(org.rep, 'POST /api/deals', { title: 'Website', value }, 201);
  const id = textIn(body, 'id');
  await triggers.follow(id, postedAt);
  await ok(org.admin, `PATCH /api/deals/${id}`, { stage: 'CLOSED_WON' });
  await triggers.follow(id, postedAt);
  return id;
}

/** Opens a dispute and answers its id. */
export async function disputed(
  payee: Pick<Member, 'token'>,
  dealId: string,
  fields: object = {},
): Promise<string> {
  const body = { dealId, reason: 'The rate is wrong', ...fields };
  return textIn((await ok(payee, 'POST /api/disputes', body, 201)).body, 'id');
}
