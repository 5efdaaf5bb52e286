/** Where an emulator listens. */
export interface EmulatorAddress {
  readonly host: string;
  readonly port: number;
}

/** What the page needs to know to reach its project; the emulators are named on a local platform only. */
export interface RuntimeConfig {
  readonly firebase: Readonly<Record<string, string>>;
  readonly emulators: Readonly<Record<EmulatorName, EmulatorAddress>> | undefined;
}

type EmulatorName = (typeof emulatorNames)[number];
const emulatorNames = ['auth', 'firestore', 'functions'] as const;

/** Reserved by Hosting, which answers with the project it serves: one build fits every project. */
const CONFIG_URL = '/__/firebase/init.json';

/** Asks Hosting which project this page belongs to. */
export async function loadRuntimeConfig(): Promise<RuntimeConfig> {
  const response = await fetch(CONFIG_URL);
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok || !type.includes('json')) {
    throw new Error(
      `${CONFIG_URL} did not answer with the project's settings (${response.status}). ` +
        'Add a web app to the Firebase project and deploy Hosting again.',
    );
  }
  return parseRuntimeConfig(await response.json());
}

/** Reads the project's settings and, when it has them, the addresses of its emulators. */
export function parseRuntimeConfig(body: unknown): RuntimeConfig {
  const settings = fieldsOf(body);
  const firebase = Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string' && entry[1] !== '';
    }),
  );
  if (firebase.projectId === undefined) {
    throw new Error(`${CONFIG_URL} names no projectId. Add a web app to the Firebase project.`);
  }
  const emulators = parseEmulators(settings.emulators);
  // The Auth emulator demands a key and accepts any.
  if (emulators !== undefined) firebase.apiKey ??= 'local';
  return { firebase, emulators };
}

function parseEmulators(value: unknown): RuntimeConfig['emulators'] {
  if (value === undefined) return undefined;
  const fields = fieldsOf(value);
  const [auth, firestore, functions] = emulatorNames.map((name) =>
    parseAddress(name, fields[name]),
  );
  if (auth === undefined || firestore === undefined || functions === undefined) return undefined;
  return { auth, firestore, functions };
}

function parseAddress(name: EmulatorName, value: unknown): EmulatorAddress {
  const { host, port } = fieldsOf(value);
  if (typeof host !== 'string' || typeof port !== 'number') {
    throw new Error(`${CONFIG_URL} lacks the host or port of the ${name} emulator.`);
  }
  return { host, port };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
