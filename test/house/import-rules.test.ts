import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { cruise } from './cruise.ts';
import { ROOT, type Tree, withTree } from './tools.ts';

const DEALS = 'functions/src/modules/deals';
const USERS = 'functions/src/modules/users';

/** An import that is used as a value: what the tree is made of. */
const importing = (target: string): string =>
  `import { x } from '${target}';\nexport const y = x;\n`;
const importingType = (target: string): string =>
  `import type { X } from '${target}';\nexport type Y = X;\n`;
const PLAIN = 'export const x = 1;\nexport type X = number;\n';

const packageFiles = (name: string): Tree => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({
    name,
    version: '1.0.0',
    main: 'index.js',
  }),
  [`node_modules/${name}/index.js`]: 'exports.x = 1;\n',
});

/** What both trees stand on; nothing in here may be flagged. */
const GROUND: Tree = {
  'package.json': JSON.stringify({ name: 'tree', private: true }),
  ...packageFiles('firebase-admin'),
  ...packageFiles('@google-cloud/firestore'),
  ...packageFiles('firebase-functions'),
  ...packageFiles('zod'),
  ...packageFiles('big.js'),
  ...packageFiles('currency-codes'),
  ...packageFiles('hono'),
  'functions/src/app/container.ts': PLAIN,
  'functions/src/platform/clock.ts': PLAIN,
  'functions/src/platform/money.schema.ts': PLAIN,
  'functions/src/integrations/stripe/stripe.client.ts': PLAIN,
  'functions/src/contracts.ts': PLAIN,
  [`${USERS}/users.public.ts`]: PLAIN,
  [`${USERS}/users.schema.ts`]: PLAIN,
  [`${USERS}/users.events.ts`]: PLAIN,
  [`${USERS}/users.service.ts`]: PLAIN,
  [`${USERS}/users.repository.ts`]: PLAIN,
  [`${DEALS}/deals.service.ts`]: PLAIN,
  [`${DEALS}/deals.repository.ts`]: PLAIN,
  'functions/src/workflows/close-deal.ts': PLAIN,
  'test/support/builders.ts': PLAIN,
  'local/demo.ts': PLAIN,
};

interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly text: string;
  /** The other half of a circle, which is reported once, at the file of the breach. */
  readonly with?: Tree;
}

/** Each of these files breaks exactly the rule named, and no other. */
const BREACHES: readonly Breach[] = [
  {
    rule: 'no-cycles',
    from: `${DEALS}/circle-a.ts`,
    text: importing('./circle-b.ts'),
    with: { [`${DEALS}/circle-b.ts`]: importingType('./circle-a.ts') },
  },
  {
    rule: 'no-cycles',
    from: `${DEALS}/circle-a.test.ts`,
    text: importing('./circle-b.test.ts'),
    with: { [`${DEALS}/circle-b.test.ts`]: importing('./circle-a.test.ts') },
  },
  {
    rule: 'module-door-only',
    from: `${DEALS}/deals.policy.ts`,
    text: importing('../users/users.service.ts'),
  },
  {
    rule: 'module-door-only',
    from: `${DEALS}/use-cases/move-stage.ts`,
    text: importingType('../../users/users.repository.ts'),
  },
  {
    rule: 'workflows-use-doors',
    from: 'functions/src/workflows/convert-lead.ts',
    text: importing('../modules/users/users.service.ts'),
  },
  {
    rule: 'platform-is-the-floor',
    from: 'functions/src/platform/to-module.ts',
    text: importing('../modules/users/users.public.ts'),
  },
  {
    rule: 'platform-is-the-floor',
    from: 'functions/src/platform/to-app.ts',
    text: importing('../app/container.ts'),
  },
  {
    rule: 'platform-is-the-floor',
    from: 'functions/src/platform/to-workflow.ts',
    text: importing('../workflows/close-deal.ts'),
  },
  {
    rule: 'platform-is-the-floor',
    from: 'functions/src/platform/to-integration.ts',
    text: importing('../integrations/stripe/stripe.client.ts'),
  },
  {
    rule: 'integrations-know-no-domain',
    from: 'functions/src/integrations/twilio/to-module.ts',
    text: importing('../../modules/users/users.schema.ts'),
  },
  {
    rule: 'integrations-know-no-domain',
    from: 'functions/src/integrations/twilio/to-workflow.ts',
    text: importing('../../workflows/close-deal.ts'),
  },
  {
    rule: 'integrations-know-no-domain',
    from: 'functions/src/integrations/twilio/to-app.ts',
    text: importing('../../app/container.ts'),
  },
  {
    rule: 'admin-sdk-in-repositories-only',
    from: `${USERS}/writes-itself.ts`,
    text: importing('firebase-admin'),
  },
  {
    rule: 'admin-sdk-in-repositories-only',
    from: `${USERS}/users.triggers.ts`,
    text: importingType('@google-cloud/firestore'),
  },
  {
    rule: 'functions-sdk-at-the-edge-only',
    from: `${USERS}/logs.ts`,
    text: importing('firebase-functions'),
  },
  {
    rule: 'functions-sdk-at-the-edge-only',
    from: `${USERS}/users.http.ts`,
    text: importingType('firebase-functions'),
  },
  ...['http', 'callables', 'triggers', 'schedules', 'tasks'].map((edge) => ({
    rule: 'edge-goes-through-service',
    from: `${DEALS}/deals.${edge}.ts`,
    text: importing('./deals.repository.ts'),
  })),
  {
    rule: 'schema-is-pure',
    from: `${DEALS}/deals.schema.ts`,
    text: importing('./deals.service.ts'),
  },
  {
    rule: 'schema-is-pure',
    from: `${DEALS}/package.schema.ts`,
    text: importing('hono'),
  },
  { rule: 'schema-is-pure', from: `${DEALS}/core.schema.ts`, text: importing('node:fs') },
  {
    rule: 'web-imports-contracts-only',
    from: 'web/src/features/deals/useDeals.ts',
    text: importing('../../../../functions/src/modules/users/users.schema.ts'),
  },
  {
    rule: 'web-imports-contracts-only',
    from: 'web/src/features/deals/use-deals.test.ts',
    text: importing('../../../../functions/src/platform/clock.ts'),
  },
  {
    rule: 'product-knows-no-tests',
    from: `${USERS}/fakes.ts`,
    text: importing('../../../../test/support/builders.ts'),
  },
  {
    rule: 'product-knows-no-tests',
    from: 'web/src/app/demo.ts',
    text: importing('../../../local/demo.ts'),
  },
];

/** The legal counterparts: the same kinds of import from where they are allowed. */
const LEGAL: Tree = {
  [`${DEALS}/deals.policy.ts`]: [
    "import { x as a } from '../users/users.public.ts';",
    "import { x as b } from '../users/users.schema.ts';",
    "import { x as c } from '../users/users.events.ts';",
    'export const y = a + b + c;',
  ].join('\n'),
  [`${DEALS}/use-cases/move-stage.ts`]: importing('../deals.service.ts'),
  [`${DEALS}/deals.policy.test.ts`]: importing('../users/users.service.ts'),
  [`${DEALS}/deals.schema.ts`]: [
    "import { x as a } from 'zod';",
    "import { x as b } from '../../platform/money.schema.ts';",
    "import { x as c } from 'big.js';",
    "import { x as d } from 'currency-codes';",
    'export const y = a + b + c + d;',
  ].join('\n'),
  [`${DEALS}/writes.repository.ts`]: importing('@google-cloud/firestore'),
  [`${DEALS}/writes.test.ts`]: importing('firebase-admin'),
  'functions/src/platform/firestore.ts': importing('firebase-admin'),
  'functions/src/platform/log.ts': importing('firebase-functions'),
  'functions/src/app/api.ts': importing('firebase-functions'),
  'functions/src/index.ts': importing('firebase-functions'),
  ...Object.fromEntries(
    ['callables', 'triggers', 'schedules', 'tasks'].map((edge) => [
      `${DEALS}/deals.${edge}.ts`,
      "import { x as a } from 'firebase-functions';\nimport { x as b } from './deals.service.ts';\nexport const y = a + b;\n",
    ]),
  ),
  [`${DEALS}/deals.http.ts`]: importing('./deals.service.ts'),
  'functions/src/workflows/convert-lead.ts': importing('../modules/users/users.public.ts'),
  'functions/src/workflows/convert-lead.test.ts': importing('../modules/users/users.service.ts'),
  'functions/src/integrations/twilio/twilio.client.ts': importing('../../platform/clock.ts'),
  'web/src/data/port.ts': importing('../../../functions/src/contracts.ts'),
  'web/src/data/port.test.ts': importing('../../../test/support/builders.ts'),
  'test/api/deals.test.ts': importing('../../functions/src/modules/deals/deals.repository.ts'),
};

/** The rules each file broke, by file; a cruise takes seconds, so one serves all breaches. */
async function brokenRules(tree: Tree): Promise<ReadonlyMap<string, readonly string[]>> {
  const result = await withTree({ ...GROUND, ...tree }, (folder) =>
    cruise(folder, ['functions', 'web', 'test', 'local']),
  );
  const rules = new Map<string, string[]>();
  for (const { from, rule } of result.summary.violations) {
    rules.set(from, [...new Set([...(rules.get(from) ?? []), rule.name])]);
  }
  return rules;
}

describe('planted breaches', () => {
  let broken: ReadonlyMap<string, readonly string[]> = new Map();

  beforeAll(async () => {
    broken = await brokenRules(
      Object.assign(
        {},
        ...BREACHES.map((breach) => ({ [breach.from]: breach.text, ...breach.with })),
      ),
    );
  });

  it.each(BREACHES)('$rule: $from', ({ rule, from }) => {
    expect(broken.get(from)).toEqual([rule]);
  });

  it('flags nothing else', () => {
    expect([...broken.keys()].sort()).toEqual(BREACHES.map(({ from }) => from).sort());
  });
});

it('flags nothing in a legal tree', async () => {
  expect([...(await brokenRules(LEGAL))]).toEqual([]);
});

it('has a planted breach for every rule', () => {
  const config: unknown = createRequire(import.meta.url)(
    path.join(ROOT, '.dependency-cruiser.cjs'),
  );
  const { forbidden } = z
    .object({ forbidden: z.array(z.object({ name: z.string(), severity: z.literal('error') })) })
    .parse(config);
  const planted = new Set(BREACHES.map(({ rule }) => rule));
  expect([...planted].sort()).toEqual(forbidden.map(({ name }) => name).sort());
});
