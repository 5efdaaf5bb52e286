import { recordKinds } from '../../functions/src/app/record-kinds.ts';
import { recordChange } from '../../functions/src/modules/events/events.public.ts';
import {
  type Listener,
  listenerBookSchema,
} from '../../functions/src/modules/listeners/listeners.schema.ts';
import { firestore } from '../../functions/src/platform/firestore.ts';
import { as } from '../support/as.ts';
import { invocationAt } from '../support/jobs.ts';
import type { Member } from '../support/organisation.ts';
import { stored } from '../support/people.ts';
import { type Answer, textIn } from '../support/request.ts';

/** What seed 001 posts to make a workflow, word for word. */
export const vipNotification = {
  name: 'VIP Contact Notification',
  trigger: 'TAG_ADDED',
  conditions: [{ field: 'tags', operator: 'contains', value: 'VIP' }],
  actions: [
    {
      type: 'SEND_EMAIL',
      config: {
        to: 'admin@acmecorp.com',
        subject: 'New VIP Contact',
        body: 'A new VIP contact was added: {{contact.name}}',
      },
    },
  ],
  status: 'ACTIVE',
};

/** A workflow in the full form, with other parts of its definition. */
export const dealWorkflow = (definition: object = {}) => ({
  name: 'Deals',
  definition: {
    trigger: { kind: 'event', types: ['deal.won'] },
    condition: null,
    steps: [{ id: 'note', type: 'CREATE_NOTE', config: { text: 'Won: {{deal.title}}' } }],
    ...definition,
  },
});

/** Creates a workflow and answers its id; anything but 201 fails the test. */
export async function workflowOf(admin: Member, body: object): Promise<string> {
  const answer = await as(admin, 'POST /api/workflows', body);
  if (answer.status !== 201) throw new Error(`not made: ${JSON.stringify(answer.body)}`);
  return textIn(answer.body, 'id');
}

/** Everybody who listens in an organisation. */
export async function listenersOf(orgId: string): Promise<readonly Listener[]> {
  const book = await stored(orgId, 'listenerBooks/current');
  return book === undefined ? [] : listenerBookSchema.parse(book).listeners;
}

/** Delivers the last change of a workflow, as its trigger would, and answers what the event is called. */
export class WorkflowTriggers {
  readonly #orgId: string;
  readonly #states = new Map<string, object | undefined>();

  constructor(orgId: string) {
    this.#orgId = orgId;
  }

  async follow(workflowId: string): Promise<unknown> {
    const path = `orgs/${this.#orgId}/workflows/${workflowId}`;
    const after = (await firestore().doc(path).get()).data();
    const before = this.#states.get(workflowId);
    this.#states.set(workflowId, after);
    const delivery = { orgId: this.#orgId, recordId: workflowId, before, after };
    await recordChange(invocationAt(new Date()), recordKinds.workflows, delivery);
    const event = await stored(this.#orgId, `events/${workflowId}_${after?.version}`);
    return event?.types;
  }
}

/** The field and the words of a refusal. */
export function refusalIn({ status, body }: Answer): string {
  return `${status} ${textIn(body, 'error')}`;
}
