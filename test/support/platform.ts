/** Where the running local platform listens; `npm test` starts it and sets these. */
type PlatformVariable =
  | 'FIRESTORE_EMULATOR_HOST'
  | 'FIREBASE_AUTH_EMULATOR_HOST'
  | 'GCLOUD_PROJECT'
  | 'SPLITLINE_FUNCTIONS_URL'
  | 'SPLITLINE_HOSTING_URL'
  | 'SPLITLINE_STRIPE_URL';

/** A setting of the platform. @throws Error when the test was started without the platform */
export function platformSetting(name: PlatformVariable): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(
      `${name} is not set: start these tests with npm test, which starts the platform`,
    );
  }
  return value;
}

/** `host:port` taken apart. */
export function addressOf(name: 'FIRESTORE_EMULATOR_HOST' | 'FIREBASE_AUTH_EMULATOR_HOST'): {
  host: string;
  port: number;
} {
  const [host, port] = platformSetting(name).split(':');
  if (host === undefined || port === undefined) throw new Error(`${name} must be host:port`);
  return { host, port: Number(port) };
}
