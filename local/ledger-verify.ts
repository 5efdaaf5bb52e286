/** `npm run ledger:verify -- --org ID`: rebuilds an organisation's ledger and names what is not as it was posted. */
import { parseArgs } from 'node:util';
import type { Finding, FoundKind, Problem } from '../functions/src/modules/ledger/verify.schema.ts';
import type { Verification } from '../functions/src/modules/ledger/verify.service.ts';
import { exitWithError } from './launcher/console.ts';
import { LauncherError } from './launcher/errors.ts';
import { describePlatform, platformEnvironment } from './launcher/platform.ts';
import { portsAt, readPortOffset } from './launcher/ports.ts';

const HELP = `npm run ledger:verify -- --org ID [options]
  --org ID       the organisation
  --project ID   a project of Firebase, with the credentials of this machine (gcloud auth
                 application-default login); without it the local platform
  --help         show this

Ends with 1 when anything was altered, added or removed.`;

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: withJoinedIds(args),
      options: {
        org: { type: 'string' },
        project: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new LauncherError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

/** An id may begin with a hyphen, which would be read as another option. */
function withJoinedIds(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (args[index - 1] === '--org') return [];
    return arg === '--org' && args[index + 1] !== undefined ? [`--org=${args[index + 1]}`] : [arg];
  });
}

async function main(): Promise<void> {
  const { org, project, help } = readOptions(process.argv.slice(2));
  if (help) return console.log(HELP);
  if (org === undefined) throw new LauncherError(`--org: name the organisation.\n\n${HELP}`);
  // Google's SDKs in this process read these when they are loaded.
  Object.assign(process.env, environmentOf(project));
  const [{ verifyLedger }, { recordKinds }, { startInvocation }, { orgs }, { openUnit }] =
    await Promise.all([
      import('../functions/src/modules/ledger/verify.service.ts'),
      import('../functions/src/app/record-kinds.ts'),
      import('../functions/src/platform/runtime.ts'),
      import('../functions/src/modules/orgs/orgs.public.ts'),
      import('../functions/src/platform/unit-of-work.ts'),
    ]);
  const invocation = startInvocation('ledger-verify');
  const stored = await openUnit(invocation, org).find(orgs, org).catch(explainNoAnswer);
  if (stored === undefined) {
    throw new LauncherError(`--org ${org}: there is no such organisation in this project.`);
  }
  const found = await verifyLedger(invocation, org, Object.values(recordKinds));
  console.log(describe(org, found));
  if (found.findings.length > 0) process.exitCode = 1;
}

/** gRPC's UNAVAILABLE: nobody listens where Firestore should be. */
const UNAVAILABLE = 14;

function explainNoAnswer(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === UNAVAILABLE) {
    throw new LauncherError(
      'Firestore does not answer. Start the local platform with npm start, or name a project with --project.',
    );
  }
  throw error;
}

function environmentOf(project: string | undefined): Record<string, string> {
  if (project !== undefined) return { GCLOUD_PROJECT: project, GOOGLE_CLOUD_PROJECT: project };
  return platformEnvironment(describePlatform(portsAt(readPortOffset(process.env))));
}

function describe(org: string, { events, entries, periods, findings }: Verification): string {
  const lines = [`Organisation ${org}: ${events} events and ${entries} entries`];
  for (const { id, entries: count, rootHash, isSealed } of periods) {
    lines.push(`period ${id}  ${rootHash}  ${count} entries${isSealed ? ', as sealed' : ''}`);
  }
  if (findings.length === 0) return [...lines, 'Everything is as it was posted.'].join('\n');
  for (const [first, count] of byKind(findings)) {
    const { kind, problem, id, why } = first;
    lines.push(`${kind} ${problem}: ${count}; the first is ${id} (${why})`);
  }
  return lines.join('\n');
}

/** The first finding of each kind and problem, and how many there are. */
function byKind(findings: readonly Finding[]): [Finding, number][] {
  const groups = new Map<`${FoundKind} ${Problem}`, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.kind} ${finding.problem}` as const;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return first === undefined ? [] : [[first, group.length]];
  });
}

await main().catch(exitWithError);
process.exit(process.exitCode ?? 0);
