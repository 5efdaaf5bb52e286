import { notFound } from '../../platform/errors.ts';
import type { Definition } from './automations.schema.ts';

/** A workflow to start from: made with it, a workflow is a draft that works as it is. */
export interface WorkflowTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly definition: Definition;
}

const HOUR = 60;
const DAY = 24 * HOUR;

const speedToLead: WorkflowTemplate = {
  id: 'speed-to-lead',
  name: 'Speed to lead',
  description: 'Has every new lead called within minutes, and tells managers when nobody did.',
  definition: {
    trigger: { kind: 'event', types: ['lead.created'] },
    condition: null,
    steps: [
      {
        ...{ id: 'tell-owner', type: 'NOTIFY' },
        config: { owner: true, title: 'New lead: {{lead.name}}', body: 'Call {{lead.phone}} now.' },
      },
      {
        ...{ id: 'call', type: 'CREATE_TASK' },
        config: {
          ...{ title: 'Call {{lead.name}}', dueInMinutes: 5, priority: 'high', assignee: 'owner' },
        },
      },
      { id: 'wait', type: 'WAIT', config: { minutes: 15 } },
      {
        ...{ id: 'still-new', type: 'BRANCH' },
        config: {
          branches: [
            {
              condition: { field: 'status', operator: 'equals', value: 'NEW' },
              steps: [
                {
                  ...{ id: 'tell-managers', type: 'NOTIFY' },
                  config: {
                    ...{ roles: ['manager'], title: 'Nobody has called {{lead.name}}' },
                    body: 'The lead came in a quarter of an hour ago and belongs to {{owner.name}}.',
                  },
                },
              ],
            },
          ],
          otherwise: [],
        },
      },
    ],
  },
};

const stalledDeal: WorkflowTemplate = {
  id: 'stalled-deal',
  name: 'Stalled deal',
  description: 'Has the owner of a deal that has not moved for two weeks get back to it.',
  definition: {
    trigger: { kind: 'stalled', days: 14 },
    condition: null,
    steps: [
      {
        ...{ id: 'follow-up', type: 'CREATE_TASK' },
        config: {
          ...{ title: 'Follow up on {{deal.title}}', assignee: 'owner', priority: 'normal' },
          description: 'The deal of {{deal.value}} has not moved for two weeks.',
          dueInMinutes: DAY,
        },
      },
      {
        ...{ id: 'tell-owner', type: 'NOTIFY' },
        config: { owner: true, title: '{{deal.title}} has not moved for two weeks' },
      },
    ],
  },
};

const wonHandOver: WorkflowTemplate = {
  id: 'won-hand-over',
  name: 'Won hand-over',
  description: 'Notes what was sold, plans the first meeting and tells managers.',
  definition: {
    trigger: { kind: 'event', types: ['deal.won'] },
    condition: null,
    steps: [
      {
        ...{ id: 'note', type: 'CREATE_NOTE' },
        config: { text: 'Won by {{owner.name}}: {{deal.title}}, {{deal.value}}.' },
      },
      {
        ...{ id: 'kick-off', type: 'CREATE_TASK' },
        config: {
          ...{ title: 'Plan the kick-off with {{contact.name}}', assignee: 'owner' },
          ...{ dueInMinutes: 2 * DAY, priority: 'high' },
        },
      },
      {
        ...{ id: 'tell-managers', type: 'NOTIFY' },
        config: { roles: ['manager'], title: '{{owner.name}} has won {{deal.title}}' },
      },
    ],
  },
};

const noShow: WorkflowTemplate = {
  id: 'no-show',
  name: 'No-show',
  description: 'Writes to a contact who did not come, and has the appointment made anew.',
  definition: {
    trigger: { kind: 'event', types: ['appointment.no_show'] },
    condition: null,
    steps: [
      {
        ...{ id: 'write', type: 'SEND_SMS' },
        config: {
          message:
            'Hello {{contact.firstName}}, we missed you today. Shall we find another time? {{org.name}}',
        },
      },
      { id: 'wait', type: 'WAIT', config: { minutes: 2 * HOUR } },
      {
        ...{ id: 'call', type: 'CREATE_TASK' },
        config: {
          ...{ title: 'Find another time with {{contact.name}}', assignee: 'owner' },
          ...{ dueInMinutes: DAY, priority: 'normal' },
        },
      },
    ],
  },
};

export const workflowTemplates: readonly WorkflowTemplate[] = [
  speedToLead,
  stalledDeal,
  wonHandOver,
  noShow,
];

/** The template with this id. @throws AppError not-found */
export function getWorkflowTemplate(id: string): WorkflowTemplate {
  const template = workflowTemplates.find((candidate) => candidate.id === id);
  if (template === undefined) throw notFound('workflowTemplate', id);
  return template;
}
