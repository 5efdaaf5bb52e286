import path from 'node:path';
import { type FirebaseTools, loadFirebaseTools, type StartOptions } from './firebase-tools.ts';
import { createLogSink } from './host-log.ts';
import type { HostConfig, HostMessage } from './host-protocol.ts';
import type { Ports } from './ports.ts';
import { HOST, PROJECT_ID } from './project.ts';

/** Sign-in methods that nothing here uses. `tenants//accounts:batchCreate` stays: importing accounts goes through it. */
const UNUSED_AUTH_API =
  /\/tenants(?!.*:batchCreate)|IdpConfigs|Saml|mfa|passkey|GameCenter|Ios|recaptcha|SupportedIdps/;

type Values = Readonly<Record<string, string>>;

/** Starts the Firebase emulators in this process, next to a Firestore emulator that is already coming up. */
export async function startFirebase(
  config: HostConfig,
  send: (message: HostMessage) => void,
): Promise<void> {
  const tools = loadFirebaseTools();
  tools.logger.logger.pipe(createLogSink(path.join(config.logsDir, 'firebase.log'), send));
  keepOffline(tools, config.secrets);
  keepParamsInMemory(tools, config.params);
  serveEmulatorAddresses(tools);
  trimAuthApi(tools);
  tools.prompt.setNonInteractive(true);

  send({ type: 'progress', text: 'Firestore emulator' });
  await tools.registry.EmulatorRegistry.start({
    getName: () => 'firestore',
    getInfo: () => ({ name: 'firestore', host: HOST, port: config.ports.firestore }),
    start: () => Promise.resolve(),
    connect: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  });

  send({ type: 'progress', text: `Emulators: ${config.only.join(', ')}` });
  const firebase = tools.config.Config.load({ cwd: config.root });
  firebase.set('emulators', emulatorSettings(config.ports));
  const options: StartOptions = {
    project: PROJECT_ID,
    projectId: PROJECT_ID,
    projectRoot: config.root,
    cwd: config.root,
    config: firebase,
    only: config.only.join(','),
    // Named here, or the Hosting emulator asks Google for the project's default site.
    site: PROJECT_ID,
    nonInteractive: true,
    ...(config.importDir === undefined ? {} : { import: config.importDir }),
  };
  await tools.controller.startAll(options, false);
}

/** Host and port of each emulator, in the words of firebase.json. */
function emulatorSettings(ports: Ports): Record<string, unknown> {
  const settings: Record<string, unknown> = { ui: { enabled: false }, singleProjectMode: true };
  for (const [name, port] of Object.entries(ports)) settings[name] = { host: HOST, port };
  return settings;
}

/** Replaces the two places where starting functions would otherwise reach for the network. */
function keepOffline(tools: FirebaseTools, secrets: Values): void {
  // It runs `npm show firebase-functions` at each load and reload, ten blocked seconds where npm cannot answer.
  tools.versioning.getLatestSDKVersion = () => undefined;
  // functions/.secret.local still comes first; only what it lacks is asked for here instead of at Google.
  tools.secretManager.accessSecretVersion = (_project, name) => {
    const value = secrets[name];
    if (value !== undefined) return Promise.resolve(value);
    return Promise.reject(
      new Error(`The secret ${name} has no local value: add ${name}=… to functions/.secret.local.`),
    );
  };
}

/**
 * Gives functions the values of their parameters. By itself the emulator would write each default that it took from
 * the code into functions/.env.local, where it would still be found after the code has another.
 */
function keepParamsInMemory({ functionsEnv }: FirebaseTools, values: Values): void {
  const loadFiles = functionsEnv.loadUserEnvs;
  let defaults: Values = {};
  let isForRun = false;
  functionsEnv.writeResolvedParams = (resolved, known) => {
    const taken = Object.entries(resolved).filter(([name, { internal }]) => {
      return !internal && known[name] === undefined;
    });
    defaults = Object.fromEntries(taken.map(([name, value]) => [name, value.toString()]));
  };
  // Asked just before the values for a run are loaded, and not before those for reading the definitions.
  functionsEnv.hasUserEnvs = () => {
    isForRun = true;
    return true;
  };
  functionsEnv.loadUserEnvs = (project) => {
    const loaded = { ...values, ...(isForRun ? defaults : {}), ...loadFiles(project) };
    isForRun = false;
    return loaded;
  };
}

/** Adds the emulators' addresses to what Hosting serves at /__/firebase/init.json, where the web client looks. */
function serveEmulatorAddresses(tools: FirebaseTools): void {
  const original = tools.implicitInit.implicitInit;
  tools.implicitInit.implicitInit = async (options) => {
    const init = await original(options);
    const emulators = Object.fromEntries(
      ['auth', 'firestore', 'functions']
        .map((name) => tools.registry.EmulatorRegistry.getInfo(name))
        .filter((info) => info !== undefined)
        .map(({ name, host, port }) => [name, { host, port }]),
    );
    return { ...init, json: JSON.stringify({ ...JSON.parse(init.json), emulators }, null, 2) };
  };
}

/**
 * The Auth emulator compiles validators for its whole API before it listens: 8 seconds of work, of which half is for
 * tenants, SAML, second factors and passkeys.
 */
function trimAuthApi(tools: FirebaseTools): void {
  const paths = tools.authApi.default.paths;
  for (const name of Object.keys(paths)) if (UNUSED_AUTH_API.test(name)) delete paths[name];
}
