import { parseArgs } from 'node:util';
import type { z } from 'zod';
import {
  type ColumnMapping,
  type ImportType,
  type importOptionsSchema,
  importTypeSchema,
} from '../../functions/src/modules/imports/imports.schema.ts';
import { LauncherError } from '../launcher/errors.ts';

/** How to reach the platform, and as whom. */
export interface Access {
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly email: string | undefined;
  readonly password: string | undefined;
}

/** What the command line asks for. */
export type Order =
  | { readonly kind: 'help' }
  | { readonly kind: 'undo'; readonly access: Access; readonly importId: string }
  | {
      readonly kind: 'preset';
      readonly access: Access;
      readonly folder: string;
    }
  | {
      readonly kind: 'files';
      readonly access: Access;
      readonly files: readonly string[];
      readonly recordType: ImportType;
      readonly mapping: readonly ColumnMapping[];
      readonly options: z.input<typeof importOptionsSchema>;
      readonly dryRun: boolean;
      readonly wait: boolean;
    };

export const HELP = `npm run import -- [options] FILE...

Imports CSV files into Splitline through its REST API: uploads each file, guesses
which column fills which field, and does the rows as a job that can be watched,
cancelled and undone.

  --type TYPE            what the rows are: contact, company, lead or deal
  --map FIELD=COLUMN     fill a field from a column, over the guess; repeatable
                         (custom fields: customFields.KEY=COLUMN)
  --replace FIELD:A=B    read the text A in a field as B; repeatable, and reported
  --tag TAG              put a tag on every record; repeatable
  --on-duplicate HOW     skip (default), update or error, for rows whose record exists
  --owner USER_ID        who owns records whose row names no owner
  --currency CODE        currency of amounts whose row names none
  --date-order ORDER     how 03/04/2026 is read: day-first or month-first
  --external-source NAME the system that the ids in a column externalId come from
  --dry-run              check every row and write nothing
  --no-wait              order the import and do not wait for its end
  --undo IMPORT_ID       put what an import created into the bin

  --preset sales-opportunities FOLDER
                         sign up a fresh organisation and import the public data set
                         "CRM sales opportunities" into it: agents as reps, managers
                         with their teams, accounts as companies, opportunities as
                         deals. Adds accounts with the Admin SDK, so it runs against
                         the local platform, or where Google credentials are set.

  --url URL              the platform (default: the local one, http://127.0.0.1:5000)
  --email ADDRESS        sign in with this address; the password is taken from the
                         variable SPLITLINE_PASSWORD, or from --password
  --api-key KEY          use an API key instead (or the variable SPLITLINE_API_KEY)
  --help                 show this`;

type Values = ReturnType<typeof parse>['values'];

/** Reads the command line. @throws LauncherError naming the option that is wrong */
export function readOrder(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  localUrl: string,
): Order {
  const { values, positionals } = parse(args);
  if (values.help || args.length === 0) return { kind: 'help' };
  const access = readAccess(values, env, localUrl);
  if (values.preset !== undefined) return readPreset(values.preset, positionals, access);
  requireCredential(access);
  if (values.undo !== undefined) return { kind: 'undo', access, importId: values.undo };
  const recordType = importTypeSchema.safeParse(values.type);
  if (!recordType.success) {
    throw new LauncherError('--type: say what the rows are: contact, company, lead or deal');
  }
  if (positionals.length === 0) throw new LauncherError('Name the CSV file to import.');
  return {
    ...{ kind: 'files', access, files: positionals, recordType: recordType.data },
    mapping: values.map.map(readMapping),
    options: readOptions(values),
    dryRun: values['dry-run'],
    wait: !values['no-wait'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        type: { type: 'string' },
        map: { type: 'string', multiple: true, default: [] },
        replace: { type: 'string', multiple: true, default: [] },
        tag: { type: 'string', multiple: true, default: [] },
        'on-duplicate': { type: 'string', default: 'skip' },
        owner: { type: 'string' },
        currency: { type: 'string' },
        'date-order': { type: 'string' },
        'external-source': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        'no-wait': { type: 'boolean', default: false },
        undo: { type: 'string' },
        preset: { type: 'string' },
        url: { type: 'string' },
        email: { type: 'string' },
        password: { type: 'string' },
        'api-key': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LauncherError(`${reason}\nSee --help for what there is.`);
  }
}

function readAccess(
  values: Values,
  env: Readonly<Record<string, string | undefined>>,
  localUrl: string,
): Access {
  return {
    url: values.url ?? localUrl,
    apiKey: values['api-key'] ?? (env.SPLITLINE_API_KEY || undefined),
    email: values.email,
    password: values.password ?? (env.SPLITLINE_PASSWORD || undefined),
  };
}

function requireCredential({ apiKey, email, password }: Access): void {
  if (apiKey !== undefined || (email !== undefined && password !== undefined)) return;
  throw new LauncherError(
    'Say who you are: --email ADDRESS with the variable SPLITLINE_PASSWORD, or the variable SPLITLINE_API_KEY.',
  );
}

function readPreset(preset: string, positionals: readonly string[], access: Access): Order {
  const [folder, ...others] = positionals;
  if (preset !== 'sales-opportunities') {
    throw new LauncherError(
      `--preset: there is no preset '${preset}'; there is sales-opportunities`,
    );
  }
  if (folder === undefined || others.length > 0) {
    throw new LauncherError(
      '--preset sales-opportunities needs the folder with the four CSV files.',
    );
  }
  return { kind: 'preset', access, folder };
}

function readMapping(text: string): ColumnMapping {
  const [field, column] = splitOnce(text, '=');
  if (field && column) return { field, column };
  throw new LauncherError(`--map ${text}: write FIELD=COLUMN, for example email=E-Mail`);
}

function readReplacement(text: string): { field: string; from: string; to: string } {
  const [field, rule = ''] = splitOnce(text, ':');
  const [from, to] = splitOnce(rule, '=');
  if (field && from && to !== undefined) return { field, from, to };
  throw new LauncherError(`--replace ${text}: write FIELD:A=B, for example stage:Closed=Won`);
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function readOptions(values: Values): z.input<typeof importOptionsSchema> {
  return {
    tagAll: values.tag,
    onDuplicate: oneOf('--on-duplicate', values['on-duplicate'], ['skip', 'update', 'error']),
    replace: values.replace.map(readReplacement),
    ...(values.owner === undefined ? {} : { ownerId: values.owner }),
    ...(values.currency === undefined ? {} : { currency: values.currency }),
    ...(values['external-source'] === undefined
      ? {}
      : { externalSource: values['external-source'] }),
    ...(values['date-order'] === undefined
      ? {}
      : {
          dateOrder: oneOf('--date-order', values['date-order'], ['day-first', 'month-first']),
        }),
  };
}

function oneOf<const T extends string>(option: string, text: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  throw new LauncherError(`${option} ${text}: choose one of ${choices.join(', ')}`);
}
