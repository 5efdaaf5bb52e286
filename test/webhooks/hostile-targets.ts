/** An address that webhooks must never reach; `answers` is what the name system says of its host. */
export interface HostileTarget {
  readonly url: string;
  readonly answers?: readonly string[];
}

/** Where a machine of ours, its neighbours or its cloud can be reached, in IPv4. */
const innerV4 = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.100.100.200'],
  ...['100.127.255.254', '127.0.0.1', '127.0.0.53', '127.255.255.254', '168.63.129.16'],
  ...['169.254.0.1', '169.254.169.254', '169.254.170.2', '172.16.0.1', '172.31.255.254'],
  ...['192.0.0.1', '192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.0.1', '192.168.255.254'],
  ...['198.18.0.1', '198.19.255.254', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.1.2.3'],
  ...['240.0.0.1', '255.255.255.254', '255.255.255.255'],
] as const;

/** The same in IPv6, and what stands for an IPv4 address in it. */
const innerV6 = [
  ...['::', '::1', '::7f00:1', '::a9fe:a9fe', '::ffff:127.0.0.1', '::ffff:169.254.169.254'],
  ...['::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:0:127.0.0.1', '64:ff9b::127.0.0.1'],
  ...['64:ff9b::a9fe:a9fe', '64:ff9b:1::a00:1', '100::1', '2001::1', '2001:db8::1', '2001:10::1'],
  ...['2001:20::1', '2001:2::1', '2002:7f00:1::', '2002:a9fe:a9fe::', '2002:a00:1::1'],
  ...[
    '3fff::1',
    'fc00::1',
    'fd00::1',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::1',
    'fe80::a9fe:a9fe',
  ],
  ...['fec0::1', 'ff01::1', 'ff02::1', 'ff05::2', '5f00::1', '4000::1', 'e000::1'],
] as const;

/** Ways to write 127.0.0.1 and 169.254.169.254 that a parser of URLs understands. */
const disguises = [
  ...['2130706433', '0x7f000001', '0x7F.1', '0177.0.0.1', '017700000001', '127.1', '127.0.1'],
  ...['0x7f.0x0.0x0.0x1', '127.0.0.1.', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376'],
  ...['169.254.43518', '0xa9.254.0251.254', '１２７.0.0.1', '①②⑦.0.0.1', '127。0。0。1'],
  ...['%31%32%37.0.0.1', '0', '0x0', '00.00', '3232235521'],
] as const;

const names = [
  ...['localhost', 'LOCALHOST', 'localhost.', 'foo.localhost', 'metadata', 'intranet', 'db'],
  ...['metadata.google.internal', 'printer.local', 'router.lan', 'nas.home', 'ldap.corp'],
  ...['wiki.intranet', 'a.localdomain', '1.0.0.127.in-addr.arpa'],
] as const;

const malformed = [
  'http://hooks.example.com/',
  'ftp://hooks.example.com/',
  'file:///etc/passwd',
  'gopher://hooks.example.com/',
  'javascript:alert(1)',
  'data:text/plain,hello',
  'https://user@hooks.example.com/',
  'https://user:secret@hooks.example.com/',
  'https://hooks.example.com:22/',
  'https://hooks.example.com:25/',
  'https://hooks.example.com:0/',
  'https://[::1',
  'https://',
  '//hooks.example.com/',
  '/hooks',
  '',
  `https://hooks.example.com/${'x'.repeat(2000)}`,
] as const;

const rebound: readonly (readonly string[])[] = [
  ['93.184.216.34', '127.0.0.1'],
  ['127.0.0.1', '93.184.216.34'],
  ['2606:2800:220:1:248:1893:25c8:1946', '::1'],
  ['93.184.216.34', '::ffff:10.0.0.1'],
  ['not an address'],
  [''],
];

/** All of them, each once. */
export const hostileTargets: readonly HostileTarget[] = [
  ...innerV4.map((address) => ({ url: `https://${address}/hook` })),
  ...innerV6.map((address) => ({ url: `https://[${address}]/hook` })),
  ...disguises.map((host) => ({ url: `https://${host}/hook` })),
  ...names.map((host) => ({ url: `https://${host}/hook`, answers: ['127.0.0.1'] })),
  ...malformed.map((url) => ({ url, answers: ['93.184.216.34'] })),
  ...innerV4.map((address) => ({ url: 'https://hooks.example.com/', answers: [address] })),
  ...innerV6.map((address) => ({ url: 'https://hooks.example.com/', answers: [address] })),
  ...rebound.map((answers) => ({ url: 'https://hooks.example.com/', answers })),
];
