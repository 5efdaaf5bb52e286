/**
 * Which file may import which. Every rule here is proved by a planted breach in
 * test/house/import-rules.test.ts; a new rule gets its breach there first.
 */
const FS = '^functions/src/';
const MODULE = '^functions/src/modules/([^/]+)/';
const DOORS = '\\.(public|schema|events)\\.ts$';
const TESTS = '\\.test\\.tsx?$';

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Break the circle: move what both sides need into a file of its own.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'module-door-only',
    comment: 'Modules see one another only through *.public.ts, *.schema.ts and *.events.ts.',
    severity: 'error',
    from: { path: MODULE, pathNot: TESTS },
    to: { path: MODULE, pathNot: ['^functions/src/modules/$1/', DOORS] },
  },
  {
    name: 'workflows-use-doors',
    comment: 'A workflow combines modules through their doors.',
    severity: 'error',
    from: { path: `${FS}workflows/`, pathNot: TESTS },
    to: { path: `${FS}modules/`, pathNot: DOORS },
  },
  {
    name: 'platform-is-the-floor',
    comment: 'platform/ carries everything and knows nothing above it.',
    severity: 'error',
    from: { path: `${FS}platform/` },
    to: { path: `${FS}(modules|workflows|integrations|app)/` },
  },
  {
    name: 'integrations-know-no-domain',
    comment:
      'An integration speaks to a provider; what it means is decided in a module or workflow.',
    severity: 'error',
    from: { path: `${FS}integrations/` },
    to: { path: `${FS}(modules|workflows|app)/` },
  },
  {
    name: 'admin-sdk-in-repositories-only',
    comment: 'Firestore and the Admin SDK are reached from repositories and platform/ alone.',
    severity: 'error',
    from: { path: FS, pathNot: ['\\.repository\\.ts$', `${FS}platform/`, TESTS] },
    to: { path: 'node_modules/(firebase-admin|@google-cloud/firestore)/' },
  },
  {
    name: 'functions-sdk-at-the-edge-only',
    comment:
      'Services stay free of firebase-functions: triggers, callables, schedules, tasks, app.',
    severity: 'error',
    from: {
      path: FS,
      pathNot: [
        '\\.(triggers|callables|schedules|tasks)\\.ts$',
        `${FS}(platform|app)/`,
        `${FS}index\\.ts$`,
        TESTS,
      ],
    },
    to: { path: 'node_modules/firebase-functions/' },
  },
  {
    name: 'edge-goes-through-service',
    comment: 'A route or trigger calls a service or workflow, which asks the policy first.',
    severity: 'error',
    from: { path: '\\.(http|callables|triggers|schedules|tasks)\\.ts$' },
    to: { path: '\\.repository\\.ts$' },
  },
  {
    name: 'schema-is-pure',
    comment: 'Schemas are shared with the browser: other schemas and pure packages only.',
    severity: 'error',
    from: { path: '\\.schema\\.ts$' },
    to: {
      pathNot: ['\\.schema\\.ts$', 'node_modules/(zod|currency-codes|big\\.js|@types/big\\.js)/'],
    },
  },
  {
    name: 'web-imports-contracts-only',
    comment: 'The web client knows the server by @splitline/functions/contracts alone.',
    severity: 'error',
    from: { path: '^web/' },
    to: { path: '^functions/', pathNot: '^functions/src/contracts\\.ts$' },
  },
  {
    name: 'product-knows-no-tests',
    comment: 'What ships never imports tests, their fakes, or the local platform.',
    severity: 'error',
    from: { path: '^(functions|web)/', pathNot: TESTS },
    to: { path: ['^(test|local)/', TESTS] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden,
  options: {
    // Type imports count: a type is knowledge too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(functions/lib|web/dist)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'require', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
