import path from 'node:path';
import { parseArgs } from 'node:util';
import { LauncherError } from './errors.ts';
import { ROOT } from './project.ts';

export interface ServeArguments {
  readonly dataDir: string;
  readonly fresh: boolean;
  readonly demo: boolean;
}

/** Reads the options of `npm start` and `npm run dev`; undefined when the help was asked for and shown. */
export function readServeArguments(command: string, args: string[]): ServeArguments | undefined {
  const values = parse(args);
  if (!values.help) {
    return {
      dataDir: values.data === undefined ? path.join(ROOT, '.data') : path.resolve(values.data),
      fresh: values.fresh,
      demo: !values['no-demo'],
    };
  }
  console.log(`${command} [-- options]
  --data DIR   keep the data in DIR (.data unless given)
  --fresh      start empty, whatever the data folder holds
  --no-demo    do not create the demo organisation
  --help       show this
SPLITLINE_PORT_OFFSET=n adds n to every port, so that two checkouts can run side by side.`);
  return undefined;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LauncherError(`${reason}\nSee --help for what there is.`);
  }
}
