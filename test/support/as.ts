import type { Member } from './organisation.ts';
import { type Answer, request, textIn } from './request.ts';

/** Sends a request as somebody; a text body goes as it is. */
export async function as(
  person: Pick<Member, 'token'>,
  line: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const token = await person.token();
  const sent = typeof body === 'string' ? { 'Content-Type': 'application/json' } : {};
  return request(line, {
    token,
    headers: { ...sent, ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

/** Creates a record at `/api/{plural}` and answers its id; anything but 201 fails the test. */
export async function made(
  person: Pick<Member, 'token'>,
  plural: 'contacts' | 'companies' | 'leads' | 'deals',
  body: object,
): Promise<string> {
  const answer = await as(person, `POST /api/${plural}`, body);
  if (answer.status !== 201) throw new Error(`not made: ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, 'id');
}

/** The answer without what differs from request to request, `id` replaced. */
export function essence({ status, body }: Answer, id: string): string {
  const text = JSON.stringify(body).replaceAll(id, '{id}');
  return `${status} ${text.replace(/"requestId":"[^"]*","timestamp":"[^"]*"/, '')}`;
}

/** The ids of the records in a list of an answer. */
export function idsIn(list: readonly unknown[]): string[] {
  return list.map((entry) => textIn(entry, 'id'));
}
