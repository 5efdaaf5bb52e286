import type { Fields, LeafType } from './draft.ts';

interface Common {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

/** How one setting of a step is entered. */
export type Setting =
  | (Common & { readonly kind: 'template'; readonly isLong?: boolean })
  | (Common & { readonly kind: 'text' })
  | (Common & { readonly kind: 'duration' })
  | (Common & { readonly kind: 'money' })
  | (Common & { readonly kind: 'stage'; readonly none?: string })
  | (Common & { readonly kind: 'person'; readonly hasOwner: boolean })
  | (Common & { readonly kind: 'people' })
  | (Common & { readonly kind: 'flag' })
  | (Common & {
      readonly kind: 'choice' | 'choices';
      readonly options: readonly { readonly id: string; readonly label: string }[];
    });

const optional = 'optional';
const assignee: Setting = { kind: 'person', name: 'assignee', label: 'For', hasOwner: true };
const message: Setting = { kind: 'template', name: 'message', label: 'Message', isLong: true };
const title: Setting = { kind: 'template', name: 'title', label: 'Title' };
const description: Setting = {
  kind: 'template',
  name: 'description',
  label: 'Description',
  hint: optional,
  isLong: true,
};
const lostReason: Setting = {
  kind: 'template',
  name: 'lostReason',
  label: 'Reason it was lost',
  hint: 'for stages of lost deals',
};
const about: Setting = {
  kind: 'template',
  name: 'context',
  label: 'What it is about',
  hint: 'the contact and the deal are known',
  isLong: true,
};
const priority: Setting = {
  kind: 'choice',
  name: 'priority',
  label: 'Priority',
  options: [
    { id: 'low', label: 'Low' },
    { id: 'normal', label: 'Normal' },
    { id: 'high', label: 'High' },
  ],
};
const roles: Setting = {
  kind: 'choices',
  name: 'roles',
  label: 'Everybody who is',
  options: [
    { id: 'admin', label: 'Administrator' },
    { id: 'manager', label: 'Manager' },
    { id: 'rep', label: 'Sales rep' },
  ],
};

/** The settings of each kind of step; those that depend on one another have a form of their own. */
export const stepSettings: Readonly<Record<LeafType, readonly Setting[]>> = {
  SEND_SMS: [message],
  SEND_WHATSAPP: [message],
  SEND_EMAIL: [
    { kind: 'template', name: 'subject', label: 'Subject' },
    { kind: 'template', name: 'body', label: 'Text', isLong: true },
  ],
  ADD_TAG: [{ kind: 'text', name: 'tag', label: 'Tag' }],
  REMOVE_TAG: [{ kind: 'text', name: 'tag', label: 'Tag' }],
  UPDATE_FIELDS: [],
  MOVE_STAGE: [{ kind: 'stage', name: 'stage', label: 'Stage' }, lostReason],
  ASSIGN: [],
  CREATE_TASK: [
    title,
    description,
    { kind: 'duration', name: 'dueInMinutes', label: 'Due in', hint: optional },
    priority,
    assignee,
  ],
  CREATE_NOTE: [{ kind: 'template', name: 'text', label: 'Note', isLong: true }],
  CREATE_APPOINTMENT: [
    title,
    description,
    { kind: 'duration', name: 'startsInMinutes', label: 'Begins in' },
    { kind: 'duration', name: 'durationMinutes', label: 'Takes' },
    assignee,
  ],
  CREATE_DEAL: [
    title,
    { kind: 'money', name: 'value', label: 'Value' },
    { kind: 'stage', name: 'stage', label: 'Stage', none: 'The first one' },
    assignee,
  ],
  NOTIFY: [
    { kind: 'flag', name: 'owner', label: 'The owner of the record' },
    roles,
    { kind: 'people', name: 'uids', label: 'People' },
    title,
    { kind: 'template', name: 'body', label: 'Text', hint: optional, isLong: true },
  ],
  CALL_WEBHOOK: [{ kind: 'text', name: 'url', label: 'Web address', hint: 'https://…' }],
  DRAFT_MESSAGE: [about, { kind: 'text', name: 'tone', label: 'Tone' }],
  WAIT: [],
  STOP: [],
};

/** What is said of a step that people may wonder about. */
export const stepRemarks: Partial<Readonly<Record<LeafType, string>>> = {
  DRAFT_MESSAGE: 'It sends nothing: the draft is in the run’s log for a person to read and send.',
  CALL_WEBHOOK:
    'The event is sent along with the values below. Calls are tried again for three days; see Webhooks.',
  STOP: 'The run ends here; steps behind it are not done.',
};

/** Where a new step begins. */
export const newSettings: Readonly<Record<LeafType, Fields>> = {
  SEND_SMS: {},
  SEND_WHATSAPP: {},
  SEND_EMAIL: { to: 'contact' },
  ADD_TAG: {},
  REMOVE_TAG: {},
  UPDATE_FIELDS: { fields: {} },
  MOVE_STAGE: {},
  ASSIGN: { strategy: 'fixed' },
  CREATE_TASK: { priority: 'normal', assignee: 'owner' },
  CREATE_NOTE: {},
  CREATE_APPOINTMENT: { durationMinutes: 30, assignee: 'owner' },
  CREATE_DEAL: { assignee: 'owner' },
  NOTIFY: { owner: true },
  CALL_WEBHOOK: {},
  DRAFT_MESSAGE: { tone: 'professional' },
  WAIT: { minutes: 60 },
  STOP: {},
};
