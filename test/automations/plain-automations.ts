/**
 * What the workflows of the storm are to bring about, told from what people did alone: no product
 * code, no events, no order of deliveries.
 */

/** What a person did. A record's number is its place among those of its kind. */
export type Act =
  | { readonly do: 'new deal'; readonly deal: number; readonly valueMinor: number }
  | { readonly do: 'new contact'; readonly contact: number; readonly source: string }
  | {
      readonly do: 'move';
      readonly deal: number;
      readonly to: 'QUALIFIED' | 'PROPOSAL' | 'NEGOTIATION';
    }
  | {
      readonly do: 'value';
      readonly deal: number;
      readonly valueMinor: number;
      readonly mark: string;
    }
  | { readonly do: 'title'; readonly contact: number; readonly title: string };

export const BIG_MINOR = 500_000;

/** The storm's workflows, as they are given to the product. */
export const stormWorkflows = {
  greet: {
    trigger: { kind: 'event', types: ['deal.created'] },
    condition: null,
    steps: [{ id: 'task', type: 'CREATE_TASK', config: { title: 'greet' } }],
  },
  proposal: {
    trigger: { kind: 'event', types: ['deal.stage_changed'], stageTo: ['PROPOSAL'] },
    condition: {
      field: 'valueMinor',
      operator: 'at_least',
      value: { amountMinor: BIG_MINOR, currency: 'USD' },
    },
    steps: [
      { id: 'note', type: 'CREATE_NOTE', config: { text: 'proposal' } },
      { id: 'tag', type: 'ADD_TAG', config: { tag: 'big' } },
    ],
  },
  // Started by the one above: by the first tag only, for a tag that is there is not added.
  big: {
    trigger: { kind: 'event', types: ['deal.tag_added'], tag: 'big' },
    condition: null,
    steps: [
      { id: 'tell', type: 'NOTIFY', config: { uids: ['boss1', 'boss2'], title: 'big' } },
      {
        id: 'mail',
        type: 'SEND_EMAIL',
        config: { to: 'sales@example.com', subject: 'big', body: 'big' },
      },
    ],
  },
  followUp: {
    trigger: { kind: 'event', types: ['deal.stage_changed'], stageFrom: ['NEGOTIATION'] },
    condition: null,
    steps: [
      { id: 'wait', type: 'WAIT', config: { minutes: 30 } },
      { id: 'note', type: 'CREATE_NOTE', config: { text: 'follow up' } },
    ],
  },
  call: {
    trigger: { kind: 'event', types: ['deal.value_changed'] },
    condition: { field: 'valueMinor', operator: 'increased' },
    steps: [{ id: 'call', type: 'CALL_WEBHOOK', config: { url: 'https://example.com/hook' } }],
  },
  lead: {
    trigger: { kind: 'event', types: ['contact.created'] },
    condition: null,
    steps: [
      {
        id: 'which',
        type: 'BRANCH',
        config: {
          branches: [
            {
              condition: { field: 'source', operator: 'equals', value: 'web' },
              steps: [{ id: 'hot', type: 'CREATE_TASK', config: { title: 'hot' } }],
            },
          ],
          otherwise: [{ id: 'cold', type: 'CREATE_NOTE', config: { text: 'cold' } }],
        },
      },
    ],
  },
  assign: {
    trigger: { kind: 'event', types: ['contact.created'] },
    condition: { field: 'source', operator: 'equals', value: 'fair' },
    steps: [
      {
        id: 'turn',
        type: 'ASSIGN',
        config: { strategy: 'roundRobin', uids: ['rep1', 'rep2', 'rep3'] },
      },
    ],
  },
  renamed: {
    trigger: { kind: 'event', types: ['contact.updated'], field: 'title' },
    condition: null,
    steps: [{ id: 'note', type: 'CREATE_NOTE', config: { text: 'renamed' } }],
  },
} as const;

/** Everything that is to be there in the end. */
export interface Expected {
  /** How many events people made. */
  readonly events: number;
  /** `workflow record` of each run. */
  readonly runs: readonly string[];
  /** `text record` of each note and task. */
  readonly notes: readonly string[];
  readonly tasks: readonly string[];
  /** The marks of the changes that were called out. */
  readonly calls: readonly string[];
  /** `uid record` of each notification, and the deals of the mails. */
  readonly notices: readonly string[];
  readonly mails: readonly string[];
  readonly taggedDeals: readonly string[];
  /** How many contacts were given out in turn. */
  readonly turns: number;
}

/** What is to come of what people did. */
export function expectedOf(acts: readonly Act[]): Expected {
  const stages = new Map<number, string>();
  const values = new Map<number, number>();
  const titles = new Map<number, string>();
  const big = new Set<number>();
  const found = {
    ...{ runs: [] as string[], notes: [] as string[], tasks: [] as string[] },
    calls: [] as string[],
  };
  let events = 0;
  let turns = 0;
  for (const act of acts) {
    if (act.do === 'new deal') {
      events += 1;
      stages.set(act.deal, 'LEAD');
      values.set(act.deal, act.valueMinor);
      found.runs.push(`greet deal${act.deal}`);
      found.tasks.push(`greet deal${act.deal}`);
    } else if (act.do === 'new contact') {
      events += 1;
      const who = `contact${act.contact}`;
      found.runs.push(`lead ${who}`);
      if (act.source === 'web') found.tasks.push(`hot ${who}`);
      else found.notes.push(`cold ${who}`);
      if (act.source === 'fair') {
        found.runs.push(`assign ${who}`);
        turns += 1;
      }
    } else if (act.do === 'move') {
      const from = stages.get(act.deal);
      if (from === act.to) continue;
      events += 1;
      stages.set(act.deal, act.to);
      if (from === 'NEGOTIATION') {
        found.runs.push(`followUp deal${act.deal}`);
        found.notes.push(`follow up deal${act.deal}`);
      }
      if (act.to === 'PROPOSAL' && (values.get(act.deal) ?? 0) >= BIG_MINOR) {
        found.runs.push(`proposal deal${act.deal}`);
        found.notes.push(`proposal deal${act.deal}`);
        big.add(act.deal);
      }
    } else if (act.do === 'value') {
      const before = values.get(act.deal) ?? 0;
      events += 1;
      values.set(act.deal, act.valueMinor);
      if (act.valueMinor > before) {
        found.runs.push(`call deal${act.deal}`);
        found.calls.push(act.mark);
      }
    } else {
      if (titles.get(act.contact) === act.title) continue;
      events += 1;
      titles.set(act.contact, act.title);
      found.runs.push(`renamed contact${act.contact}`);
      found.notes.push(`renamed contact${act.contact}`);
    }
  }
  const bigDeals = [...big].map((deal) => `deal${deal}`);
  return {
    ...{ events, turns, calls: found.calls.toSorted() },
    runs: [...found.runs, ...bigDeals.map((deal) => `big ${deal}`)].toSorted(),
    notes: found.notes.toSorted(),
    tasks: found.tasks.toSorted(),
    notices: bigDeals.flatMap((deal) => [`boss1 ${deal}`, `boss2 ${deal}`]).toSorted(),
    mails: bigDeals.toSorted(),
    taggedDeals: bigDeals.toSorted(),
  };
}
