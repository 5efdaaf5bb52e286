import net from 'node:net';
import { LauncherError } from './errors.ts';
import { HOST } from './project.ts';

/** Where each emulator listens when nothing is moved (Firebase's own defaults). */
export const BASE_PORTS = {
  hosting: 5000,
  functions: 5001,
  firestore: 8080,
  auth: 9099,
  eventarc: 9299,
  tasks: 9499,
  hub: 4400,
} as const;

export type EmulatorName = keyof typeof BASE_PORTS;
export type Ports = Readonly<Record<EmulatorName, number>>;

const OFFSET_VARIABLE = 'SPLITLINE_PORT_OFFSET';
const MAX_OFFSET = 65_535 - Math.max(...Object.values(BASE_PORTS));

/**
 * Ports above 4000 that browsers and `fetch` refuse to talk to (the fetch standard's list of bad ports).
 * An offset of 1000 would put hosting on 6000, which looks fine until the page does not load.
 */
const BLOCKED_PORTS = new Set([
  4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

const NAMES: readonly EmulatorName[] = [
  'hosting',
  'functions',
  'firestore',
  'auth',
  'eventarc',
  'tasks',
  'hub',
];

/** All ports moved by one offset. */
export function portsAt(offset: number): Ports {
  return {
    hosting: BASE_PORTS.hosting + offset,
    functions: BASE_PORTS.functions + offset,
    firestore: BASE_PORTS.firestore + offset,
    auth: BASE_PORTS.auth + offset,
    eventarc: BASE_PORTS.eventarc + offset,
    tasks: BASE_PORTS.tasks + offset,
    hub: BASE_PORTS.hub + offset,
  };
}

/** Reads the one setting that moves every port; unset means 0. */
export function readPortOffset(env: NodeJS.ProcessEnv): number {
  const text = env[OFFSET_VARIABLE];
  if (text === undefined || text === '') return 0;
  const offset = Number(text);
  if (!Number.isInteger(offset) || offset < 0 || offset > MAX_OFFSET) {
    throw new LauncherError(
      `${OFFSET_VARIABLE} is "${text}". Set it to a whole number from 0 to ${MAX_OFFSET}; it is added to every port.`,
    );
  }
  const blocked = NAMES.find((name) => BLOCKED_PORTS.has(portsAt(offset)[name]));
  if (blocked !== undefined) {
    throw new LauncherError(
      `${OFFSET_VARIABLE}=${offset} puts the ${blocked} emulator on port ${portsAt(offset)[blocked]}, ` +
        `which browsers refuse to open. Set another offset, for example ${offset + 10}.`,
    );
  }
  return offset;
}

/** True when nothing answers on the port and it can be bound. */
async function isPortFree(port: number): Promise<boolean> {
  // Binding alone is not enough: macOS lets 127.0.0.1:5000 be bound while AirPlay listens on *:5000.
  return !(await answers(port)) && (await canBind(port));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: HOST, port, timeout: 1000 });
    const finish = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: HOST, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Checks every port before anything starts; the error names the port, who wants it, and a free offset. */
export async function assertPortsFree(ports: Ports): Promise<void> {
  const busy = await findBusy(ports);
  if (busy === undefined) return;
  const free = await findFreeOffset(100);
  throw new LauncherError(
    [
      `Port ${ports[busy]} is busy, and the ${busy} emulator needs it. Nothing was started.`,
      `Move all ports at once by setting ${OFFSET_VARIABLE}; this one is free right now:`,
      `  ${OFFSET_VARIABLE}=${free} npm start`,
      `To see which program holds the port and ask its owner for it: lsof -i :${ports[busy]}`,
    ].join('\n'),
  );
}

async function findBusy(ports: Ports): Promise<EmulatorName | undefined> {
  const free = await Promise.all(NAMES.map((name) => isPortFree(ports[name])));
  return NAMES.find((_name, index) => free[index] === false);
}

/** The first offset from `from` on, in steps of 10, at which every port is free and may be opened by a browser. */
export async function findFreeOffset(from: number): Promise<number> {
  for (let offset = from; offset <= MAX_OFFSET; offset += 10) {
    const ports = portsAt(offset);
    if (NAMES.some((name) => BLOCKED_PORTS.has(ports[name]))) continue;
    if ((await findBusy(ports)) === undefined) return offset;
  }
  throw new LauncherError(`No free set of ports found from offset ${from} on.`);
}
