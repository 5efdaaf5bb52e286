import { createRequire } from 'node:module';

/**
 * The few inner modules of firebase-tools that the emulator host uses. They are not a public interface, which is why
 * the version is pinned exactly and why this file is the only place that names them.
 */

export interface EmulatorInfo {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** What the registry wants from an emulator. */
export interface EmulatorInstance {
  getName(): string;
  getInfo(): EmulatorInfo;
  start(): Promise<void>;
  connect(): Promise<void>;
  stop(): Promise<void>;
}

interface RegistryModule {
  readonly EmulatorRegistry: {
    start(instance: EmulatorInstance): Promise<void>;
    getInfo(name: string): EmulatorInfo | undefined;
  };
}

export interface FirebaseConfig {
  set(key: string, value: unknown): void;
}

interface ConfigModule {
  readonly Config: { load(options: { cwd: string }): FirebaseConfig };
}

export interface StartOptions {
  readonly project: string;
  readonly projectId: string;
  readonly projectRoot: string;
  readonly cwd: string;
  readonly config: FirebaseConfig;
  readonly only: string;
  readonly site: string;
  readonly import?: string;
  readonly nonInteractive: true;
}

interface ControllerModule {
  startAll(options: StartOptions, showUi: boolean): Promise<unknown>;
}

interface PromptModule {
  setNonInteractive(value: boolean): void;
}

interface SecretManagerModule {
  accessSecretVersion: (projectId: string, name: string, version: string) => Promise<string>;
}

interface VersioningModule {
  getLatestSDKVersion: () => string | undefined;
}

/** A parameter's value as firebase-tools resolved it; internal ones are its own. */
interface ResolvedParam {
  readonly internal: boolean;
  toString(): string;
}

type Values = Readonly<Record<string, string>>;

interface FunctionsEnvModule {
  hasUserEnvs: (project: unknown) => boolean;
  loadUserEnvs: (project: unknown) => Values;
  writeResolvedParams: (resolved: Readonly<Record<string, ResolvedParam>>, known: Values) => void;
}

interface HostedInit {
  readonly js: string;
  readonly emulatorsJs: string;
  readonly json: string;
}

interface ImplicitInitModule {
  implicitInit: (options: StartOptions) => Promise<HostedInit>;
}

interface AuthApiModule {
  readonly default: { readonly paths: Record<string, unknown> };
}

interface LoggerModule {
  readonly logger: { pipe(sink: NodeJS.WritableStream): unknown };
}

const require = createRequire(import.meta.url);

/** Loads firebase-tools, which takes a second or two; call it after everything that can run meanwhile was started. */
export function loadFirebaseTools() {
  const registry: RegistryModule = require('firebase-tools/lib/emulator/registry');
  const config: ConfigModule = require('firebase-tools/lib/config');
  const controller: ControllerModule = require('firebase-tools/lib/emulator/controller');
  const prompt: PromptModule = require('firebase-tools/lib/prompt');
  const secretManager: SecretManagerModule = require('firebase-tools/lib/gcp/secretManager');
  const versioning: VersioningModule = require('firebase-tools/lib/deploy/functions/runtimes/node/versioning');
  const functionsEnv: FunctionsEnvModule = require('firebase-tools/lib/functions/env');
  const implicitInit: ImplicitInitModule = require('firebase-tools/lib/hosting/implicitInit');
  const authApi: AuthApiModule = require('firebase-tools/lib/emulator/auth/apiSpec');
  const logger: LoggerModule = require('firebase-tools/lib/logger');
  return {
    registry,
    config,
    controller,
    prompt,
    secretManager,
    versioning,
    functionsEnv,
    implicitInit,
    authApi,
    logger,
  };
}

export type FirebaseTools = ReturnType<typeof loadFirebaseTools>;
