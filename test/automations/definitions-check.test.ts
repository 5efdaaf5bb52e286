import { beforeAll, describe, expect, it } from '@jest/globals';
import { as } from '../support/as.ts';
import { createOrganisation, type Organisation } from '../support/organisation.ts';
import { listIn, textIn } from '../support/request.ts';
import { dealWorkflow, refusalIn, vipNotification } from './support.ts';

let org: Organisation;
beforeAll(async () => {
  org = await createOrganisation();
  const fields = [
    { key: 'region', type: 'picklist', options: ['North', 'South'] },
    { key: 'budget', type: 'money' },
    { key: 'renewal', type: 'date' },
    { key: 'scout', type: 'user' },
  ];
  for (const field of fields) {
    const body = { recordType: 'deal', ...field };
    const { status } = await as(org.admin, 'POST /api/settings/fields?recordType=deal', field);
    if (status !== 201) await as(org.admin, 'POST /api/settings/fields', body);
  }
});

const refusal = async (body: object) => refusalIn(await as(org.admin, 'POST /api/workflows', body));
const step = (type: string, config: object, id = 'one') => ({ id, type, config });
const stop = step('STOP', {}, 'stop');
const note = step('CREATE_NOTE', { text: 'x' }, 'note');
const won = { kind: 'event', types: ['deal.won'] };

describe('a trigger', () => {
  it.each<[object, string]>([
    [{ ...won, types: ['deal.one'] }, "definition.trigger.types.0: there are no events 'deal.one'"],
    [{ ...won, types: ['dear.*'] }, "definition.trigger.types.0: there are no events 'dear.*'"],
    [{ ...won, stageTo: ['nowhere'] }, "definition.trigger.stageTo.0: there is no stage 'nowhere'"],
    [{ ...won, field: 'stageKy' }, "definition.trigger.field: there is no field 'stageKy' of deal"],
    [
      { kind: 'event', types: ['contact.*'], stageFrom: ['LEAD'] },
      'definition.trigger.stageFrom: only deals have stages',
    ],
    [
      { kind: 'event', types: ['payout.failed'], tag: 'VIP' },
      'definition.trigger.tag: payout records have no tags',
    ],
    [
      { kind: 'schedule', cron: '0 0 31 2 *', recordType: 'deal' },
      'definition.trigger.cron: never',
    ],
    [
      { kind: 'schedule', cron: '99 * * * *', recordType: 'deal' },
      'definition.trigger.cron: never',
    ],
    [
      { kind: 'schedule', cron: 'daily', recordType: 'deal' },
      'definition.trigger.cron: must be five',
    ],
    [
      { kind: 'schedule', cron: '0 9 * * *', timeZone: 'Mars/Base', recordType: 'deal' },
      'definition.trigger.timeZone: must be an IANA time zone',
    ],
    [{ kind: 'stalled', days: 400 }, 'definition.trigger.days'],
  ])('%j is refused', async (trigger, expected) => {
    expect(await refusal(dealWorkflow({ trigger }))).toContain(`422 ${expected}`);
  });
});

describe('a condition', () => {
  const here = 'definition.condition';
  it.each<[object, string]>([
    [{ field: 'colour', operator: 'is_empty' }, `.field: there is no field 'colour' of deal`],
    [{ field: 'customFields.absent', operator: 'is_empty' }, '.field: there is no field'],
    [{ field: 'title', operator: 'sounds_like', value: 'x' }, ".operator: 'sounds_like' cannot"],
    [{ field: 'title', operator: 'greater_than', value: 5 }, ".operator: 'greater_than' cannot"],
    [
      { field: 'tags', operator: 'equals', value: 'x' },
      ".operator: 'equals' cannot be asked of 'tags'",
    ],
    [{ field: 'title', operator: 'equals' }, ".value: must be given: 'equals' compares with one"],
    [{ field: 'title', operator: 'is_empty', value: 'x' }, '.value: must be left out'],
    [{ field: 'title', operator: 'in', value: 'x' }, '.value: must be a list'],
    [{ field: 'probability', operator: 'between', value: 5 }, '.value: must be a range'],
    [{ field: 'probability', operator: 'equals', value: '5' }, '.value: must be a number'],
    [{ field: 'valueMinor', operator: 'at_least', value: 5 }, '.value: must be an amount'],
    [{ field: 'expectedCloseDate', operator: 'before', value: 'soon' }, '.value: must be a day'],
    [
      { field: 'closedAt', operator: 'older_than_days', value: 1.5 },
      '.value: must be a whole number',
    ],
    [
      { field: 'stageKey', operator: 'equals', value: 'WON' },
      ".value: 'WON' is none of its options",
    ],
    [
      { field: 'customFields.region', operator: 'in', value: ['North', 'Up'] },
      ".value: 'Up' is none",
    ],
    [
      { field: 'ownerId', operator: 'equals', value: 'nobody' },
      ".value: there is no user 'nobody'",
    ],
    [
      { field: 'customFields.scout', operator: 'equals', value: 'x' },
      ".value: there is no user 'x'",
    ],
    [{ field: 'teamId', operator: 'in', value: ['x'] }, ".value: there is no team 'x'"],
    [
      { any: [{ not: { field: 'x', operator: 'is_empty' } }] },
      '.any.0.not.field: there is no field',
    ],
    [{ all: [] }, '.all: must be a list of at least one'],
    [{ all: [], any: [] }, ': must have all alone'],
    [{ not: { not: { not: { not: { not: {} } } } } }, '.not.not.not.not.not: must not be nested'],
    [{ field: 'title', operator: 'is_empty', extra: 1 }, '.extra: is not a known field'],
    [
      { any: Array.from({ length: 51 }, () => ({ field: 'title', operator: 'is_empty' })) },
      '.any.50: must be at most 50 comparisons',
    ],
  ])('%j is refused', async (condition, expected) => {
    expect(await refusal(dealWorkflow({ condition }))).toContain(`422 ${here}${expected}`);
  });

  it('takes what the organisation has', async () => {
    const condition = {
      all: [
        { field: 'customFields.region', operator: 'equals', value: 'North' },
        { field: 'customFields.renewal', operator: 'within_next_days', value: 30 },
        {
          field: 'customFields.budget',
          operator: 'between',
          value: {
            from: { amountMinor: 1, currency: 'EUR' },
            to: { amountMinor: 5, currency: 'EUR' },
          },
        },
        { not: { field: 'before.ownerId', operator: 'in', value: [org.rep.uid, org.manager.uid] } },
        { field: 'stageId', operator: 'changed_to', value: org.stages.CLOSED_WON },
        { field: 'event.data.source', operator: 'equals', value: 'x' },
      ],
    };
    expect(await as(org.admin, 'POST /api/workflows', dealWorkflow({ condition }))).toMatchObject({
      ...{ status: 201, body: { warnings: [] } },
    });
  });
});

describe('a step', () => {
  const long = 'x'.repeat(1601);
  const here = 'definition.steps.0';
  it.each<[object, string]>([
    [
      step('CREATE_NOTE', { text: '{{deal.titel}}' }),
      ".config.text: step 'one': there is no merge",
    ],
    [
      step('CREATE_NOTE', { text: '{{deal.title' }),
      ".config.text: step 'one': '{{deal.title' is no",
    ],
    [step('CREATE_NOTE', { text: '{{lead.name}}' }), ".config.text: step 'one': there is no merge"],
    [
      step('NOTIFY', { owner: true, title: 'x', body: '{{a.b}}' }),
      ".config.body: step 'one': there",
    ],
    [step('UPDATE_FIELDS', { fields: { title: '{{x.y}}' } }), ".config.fields.title: step 'one':"],
    [step('ADD_TAG', { tag: '{{deal.title}}' }), ".config.tag: step 'one': takes no merge fields"],
    [
      step('CALL_WEBHOOK', { url: 'https://example.com/{{deal.title}}' }),
      ".config.url: step 'one': takes no merge fields",
    ],
    [step('UPDATE_FIELDS', { fields: { stage: 'LEAD' } }), '.config.fields.stage: cannot be set'],
    [step('UPDATE_FIELDS', { fields: { colour: 'red' } }), '.config.fields.colour: cannot be set'],
    [
      step('UPDATE_FIELDS', { fields: { probability: 101 } }),
      '.config.fields.probability: Too big',
    ],
    [
      step('UPDATE_FIELDS', { fields: { 'customFields.absent': 'x' } }),
      '.config.fields.customFields.absent: there is no field',
    ],
    [
      step('UPDATE_FIELDS', { fields: { 'customFields.region': 'Up' } }),
      ".config.fields.customFields.region: 'Up' is none of its options",
    ],
    [step('MOVE_STAGE', { stage: 'nowhere' }), ".config.stage: there is no stage 'nowhere'"],
    [step('ASSIGN', { strategy: 'fixed', uid: 'x' }), ".config.uid: there is no active user 'x'"],
    [step('ASSIGN', { strategy: 'roundRobin' }), '.config.uids: give either uids or a teamId'],
    [
      step('ASSIGN', { strategy: 'leastLoaded', teamId: 'x' }),
      ".config.teamId: there is no team 'x'",
    ],
    [step('NOTIFY', { title: 'x' }), '.config.uids: name somebody'],
    [step('NOTIFY', { uids: ['x'], title: 'x' }), ".config.uids.0: there is no active user 'x'"],
    [
      step('CREATE_TASK', { title: 'x', assignee: 'x' }),
      '.config.assignee: there is no active user',
    ],
    [step('WAIT', { minutes: 525_601 }), '.config.minutes: Too big'],
    [step('WAIT', { minutes: 5, untilField: 'closedAt' }), '.config.minutes: give one of'],
    [step('WAIT', { minutes: 5, offsetMinutes: 5 }), '.config.offsetMinutes: goes with untilField'],
    [step('WAIT', { untilEvent: ['deal.paid'] }), '.config.timeoutMinutes: goes with untilEvent'],
    [step('WAIT', { untilField: 'title' }), ".config.untilField: 'title' is no date"],
    [step('WAIT', { untilField: 'absent' }), ".config.untilField: there is no field 'absent'"],
    [
      step('WAIT', { untilEvent: ['deal.sold'], timeoutMinutes: 5 }),
      ".config.untilEvent.0: there are no events 'deal.sold'",
    ],
    [step('SEND_SMS', { message: long }), '.config.message: Too big'],
    [step('SEND_EMAIL', { to: 'nobody', subject: 'x', body: 'x' }), '.config.to: '],
    [step('CALL_WEBHOOK', { url: 'ftp://example.com' }), '.config.url: '],
    [
      step('BRANCH', {
        branches: [{ condition: { field: 'x', operator: 'is_empty' }, steps: [] }],
        otherwise: [],
      }),
      '.config.branches.0.condition.field: there is no field',
    ],
    [
      step('BRANCH', {
        branches: [
          { condition: { field: 'title', operator: 'is_empty' }, steps: [stop, { ...note }] },
        ],
        otherwise: [],
      }),
      ".config.branches.0.steps.1: is never reached: everything ends with step 'stop'",
    ],
  ])('%j is refused', async (one, expected) => {
    expect(await refusal(dealWorkflow({ steps: [one] }))).toContain(`422 ${here}${expected}`);
  });

  it.each<[string, object[], string]>([
    ['two with one id', [note, note], '.1.id: is the id of another step'],
    ['one after the end', [stop, note], ".1: is never reached: everything ends with step 'stop'"],
    ['none', [], ': must have at least one step'],
    ['too many', Array.from({ length: 51 }, (_, id) => step('STOP', {}, `s${id}`)), ': Too big'],
  ])('is refused: %s', async (_, steps, expected) => {
    expect(await refusal(dealWorkflow({ steps }))).toContain(`422 definition.steps${expected}`);
  });

  it('is refused after branches that all end', async () => {
    const branch = step('BRANCH', {
      branches: [{ condition: { field: 'title', operator: 'is_empty' }, steps: [stop] }],
      otherwise: [step('STOP', {}, 'stop2')],
    });
    expect(await refusal(dealWorkflow({ steps: [branch, note] }))).toContain(
      "definition.steps.1: is never reached: everything ends with step 'one'",
    );
  });

  it('of an unknown type, or without its shape, is malformed', async () => {
    for (const one of [step('SEND_FAX', {}), { id: 'x' }, step('ADD_TAG', {}), 5]) {
      expect(await refusal(dealWorkflow({ steps: [one] }))).toMatch(/^4(00|22) definition.steps.0/);
    }
  });

  it('needs a record that it works on', async () => {
    const trigger = { kind: 'event', types: ['payout.failed'] };
    const steps = [step('ADD_TAG', { tag: 'x' })];
    expect(await refusal(dealWorkflow({ trigger, steps }))).toContain(
      'definition.steps.0.type: ADD_TAG works on a deal or contact or company or lead',
    );
    const told = [step('NOTIFY', { roles: ['admin'], title: 'A payout has failed: {{event.at}}' })];
    const answer = await as(
      org.admin,
      'POST /api/workflows',
      dealWorkflow({ trigger, steps: told }),
    );
    expect(answer).toMatchObject({ status: 201 });
  });

  const branching = (depth: number, condition: object): object =>
    step(
      'BRANCH',
      {
        branches: [{ condition, steps: depth === 1 ? [] : [branching(depth - 1, condition)] }],
        otherwise: [step('CREATE_NOTE', { text: 'x' }, `n${depth}`)],
      },
      `b${depth}`,
    );
  const nested = (leaf: object) => ({ all: [{ any: [{ all: [{ any: [leaf] }] }] }] });
  const deep = nested({ field: 'title', operator: 'is_empty' });

  it('can be as deep as branches and conditions go', async () => {
    const definition = { condition: deep, steps: [branching(2, deep)] };
    const body = { ...dealWorkflow(definition), status: 'ACTIVE' };
    const { status, body: made } = await as(org.admin, 'POST /api/workflows', body);
    expect(status).toBe(201);
    const { body: shown } = await as(org.admin, `GET /api/workflows/${textIn(made, 'id')}`);
    expect(shown).toMatchObject({ definition });
  });

  it('is refused when it is deeper than can be stored, or followed', async () => {
    const values = nested({ field: 'title', operator: 'in', value: ['x'] });
    expect(await refusal(dealWorkflow({ steps: [branching(2, values)] }))).toContain(
      '422 definition.steps: the conditions of branches within branches stand too deep',
    );
    expect(await refusal(dealWorkflow({ steps: [branching(3, deep)] }))).toContain(
      'branches stand in one another 2 deep at most',
    );
  });

  it.each([
    [
      'branches',
      '{"id":"b","type":"BRANCH","config":{"branches":[{"condition":{},"steps":[',
      ']}],"otherwise":[]}}',
    ],
    ['conditions', '{"not":', '}'],
  ])('is refused with thousands of %s in one another', async (_, open, close) => {
    const nest = `${open.repeat(4000)}${close.repeat(4000)}`.replace('"not":}', '"not":{}}');
    const [condition, steps] = open.startsWith('{"not"') ? [nest, ''] : ['null', nest];
    const body = `{"name":"x","definition":{"trigger":${JSON.stringify(won)},"condition":${condition},"steps":[${steps}]}}`;
    expect((await as(org.admin, 'POST /api/workflows', body)).status).toBe(422);
  });
});

describe('a warning', () => {
  const warned = async (definition: object) => {
    const answer = await as(org.admin, 'POST /api/workflows', dealWorkflow(definition));
    expect(answer.status).toBe(201);
    return listIn(answer.body, 'warnings');
  };

  it('is given of what starts itself', async () => {
    const trigger = { kind: 'event', types: ['deal.tag_added'] };
    const steps = [step('ADD_TAG', { tag: 'Seen' })];
    expect(await warned({ trigger, steps })).toMatchObject([
      { code: 'loop', message: expect.stringContaining("Step 'one' leads to 'deal.tag_added'") },
    ]);
    // Another tag than the one that is listened for starts nothing.
    expect(await warned({ trigger: { ...trigger, tag: 'VIP' }, steps })).toEqual([]);
  });

  it('is given of a change that nothing tells of', async () => {
    const trigger = { kind: 'stalled', days: 3 };
    const condition = { field: 'stageKey', operator: 'changed' };
    expect(await warned({ trigger, condition })).toMatchObject([
      { code: 'never-holds', field: 'condition' },
    ]);
  });
});

describe('in the words of the contract', () => {
  it.each<[object, string]>([
    [{ trigger: 'CONTACT_SNEEZED' }, "422 trigger: there is no trigger 'CONTACT_SNEEZED'"],
    [{ trigger: undefined }, '422 trigger: give either'],
    [{ actions: undefined }, '422 actions: give either'],
    [{ actions: [] }, '422 actions: '],
    [{ definition: dealWorkflow().definition }, '422 trigger: give either'],
    [
      { conditions: [{ field: 'tags', operator: 'has' }] },
      "422 conditions.0.operator: 'has' cannot",
    ],
    [{ conditions: [{ field: 'tags' }] }, '422 conditions.0.operator: '],
    [{ actions: [{ type: 'SEND_SMS', config: {} }] }, '400 actions.0.config.message: '],
    [
      { actions: [{ type: 'SEND_SMS', config: { message: '{{x.y}}' } }] },
      '422 actions.0.config.message',
    ],
    [{ actions: [{ type: 'SEND_FAX', config: {} }] }, '422 actions.0.type: '],
    [{ extra: 1 }, '400 extra: '],
    [{ status: 'PAUSED' }, '422 status: '],
    [{ name: '' }, '422 name: '],
  ])('%j is refused by its name there', async (change, expected) => {
    expect(await refusal({ ...vipNotification, ...change })).toContain(expected);
  });
});

it('everything that can be named is listed', async () => {
  const { status, body } = await as(org.admin, 'GET /api/workflows/operators');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    triggers: expect.arrayContaining([expect.objectContaining({ kind: 'appointment_soon' })]),
    events: expect.arrayContaining([
      { type: 'contact.tag_added', trigger: 'TAG_ADDED', subjects: ['contact'] },
      { type: 'deal.stage_changed', trigger: 'DEAL_STAGE_CHANGED', subjects: ['deal'] },
      { type: 'payout.failed', trigger: 'PAYOUT_FAILED', subjects: [] },
    ]),
    operators: expect.arrayContaining([
      {
        ...{ name: 'between', label: 'is between', takes: 'range' },
        fieldTypes: ['number', 'money'],
      },
    ]),
    fields: {
      deal: expect.arrayContaining([
        { field: 'valueMinor', label: 'Value', type: 'money' },
        { field: 'ownerId', label: 'Owner', type: 'user' },
        { field: 'expectedCloseDate', label: 'Expected close date', type: 'day' },
        expect.objectContaining({ field: 'stageKind', options: ['open', 'won', 'lost'] }),
        {
          ...{ field: 'customFields.region', label: 'region', type: 'choice' },
          options: ['North', 'South'],
        },
      ]),
    },
    mergeFields: { deal: expect.arrayContaining(['deal.value', 'contact.name', 'owner.email']) },
    actions: expect.arrayContaining([
      {
        type: 'ADD_TAG',
        config: expect.objectContaining({ required: ['tag'], additionalProperties: false }),
      },
    ]),
  });
});

describe('a check without saving', () => {
  const check = (by: Organisation['admin'], definition: object) =>
    as(by, 'POST /api/workflows/check', { definition });

  it('refuses what saving would refuse, and stores nothing', async () => {
    const unknown = note.config;
    const { definition } = dealWorkflow({
      trigger: won,
      steps: [{ ...note, config: { ...unknown, text: '{{deal.colour}}' } }],
    });
    expect(refusalIn(await check(org.admin, definition))).toContain(
      "422 definition.steps.0.config.text: step 'note': there is no merge field",
    );
    const fine = dealWorkflow({ trigger: won }).definition;
    const { status, body } = await check(org.admin, fine);
    expect({ status, body }).toEqual({ status: 200, body: { warnings: [] } });
  });

  it('tells what looks like a mistake', async () => {
    const tag = step('ADD_TAG', { tag: 'Seen' }, 'tag');
    const trigger = { kind: 'event', types: ['deal.tag_added'] };
    const { definition } = dealWorkflow({ trigger, steps: [tag] });
    expect(listIn((await check(org.admin, definition)).body, 'warnings')).toMatchObject([
      { code: 'loop', field: 'steps' },
    ]);
  });

  it('is for administrators', async () => {
    expect((await check(org.rep, dealWorkflow({ trigger: won }).definition)).status).toBe(403);
  });
});
