import ipaddr from 'ipaddr.js';

/**
 * Where webhooks may go. `public`: https, to public addresses. `local`, for the local platform and
 * for deployments that choose so: http as well, and this machine and private networks.
 */
export type TargetPolicy = 'public' | 'local';

/** A target that may not be called; the message says why, and follows the name of a field. */
export class TargetRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TargetRefusal';
  }
}

const MAX_URL_LENGTH = 2000;
/** Names that never are of the public internet. */
const LOCAL_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|localdomain|arpa)$/;
/** Azure's host answers its machines under this address, which is one of the public ones. */
const METADATA_ADDRESSES: ReadonlySet<string> = new Set(['168.63.129.16']);
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Checks what a URL alone tells: its scheme, port, name, and an address written out in whatever
 * form, for the URL parser turns `0x7f.1` and `2130706433` into what they mean.
 * @throws TargetRefusal
 */
export function checkTarget(text: string, policy: TargetPolicy): URL {
  const url = URL.canParse(text) && text.length <= MAX_URL_LENGTH ? new URL(text) : undefined;
  if (url === undefined) {
    throw new TargetRefusal('must be an absolute URL such as https://example.com/hooks');
  }
  requireScheme(url, policy);
  if (url.username !== '' || url.password !== '') {
    throw new TargetRefusal('must not hold a user name or password; use a header of your own');
  }
  requirePort(url);
  const host = hostOf(url);
  if (ipaddr.isValid(host)) requireAddress(host, policy);
  else requireName(host, policy);
  return url;
}

/** The host without brackets and without the dot that a full name may end in. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function requireScheme({ protocol }: URL, policy: TargetPolicy): void {
  if (protocol === 'https:' || (policy === 'local' && protocol === 'http:')) return;
  throw new TargetRefusal('must begin with https://');
}

/** Lower ports than those of the web belong to services that a POST could harm. */
function requirePort({ port }: URL): void {
  const number = Number(port);
  if (port === '' || number === 80 || number === 443 || number >= 1024) return;
  throw new TargetRefusal(`must not name port ${port}; use 443, or one from 1024 on`);
}

function requireName(host: string, policy: TargetPolicy): void {
  if (policy === 'local') return;
  if (host.includes('.') && !LOCAL_NAMES.test(host.toLowerCase())) return;
  throw new TargetRefusal('must name a host of the public internet');
}

/** Refuses an address that is not to be called. @throws TargetRefusal */
export function requireAddress(address: string, policy: TargetPolicy): void {
  if (isCallable(address, policy)) return;
  throw new TargetRefusal(`must lead to a public address; ${address} is none`);
}

function isCallable(address: string, policy: TargetPolicy): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  // What else stands for an IPv4 address, such as NAT64 and 6to4, is in none of these ranges.
  if (policy === 'local' && ['loopback', 'private', 'uniqueLocal'].includes(range)) return true;
  if (range !== 'unicast') return false;
  if (parsed.kind() === 'ipv6') return parsed.match(GLOBAL_UNICAST);
  return !METADATA_ADDRESSES.has(parsed.toString());
}
