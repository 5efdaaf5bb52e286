/** The demo organisation's deals: title, value in whole USD, stage, owner, days until the expected close. */
export interface DemoDeal {
  readonly title: string;
  readonly value: number;
  readonly stage: 'LEAD' | 'QUALIFIED' | 'PROPOSAL' | 'NEGOTIATION' | 'CLOSED_WON' | 'CLOSED_LOST';
  readonly owner: 'manager' | 'rep' | 'rep2';
  readonly closesInDays: number;
}

type Row = readonly [
  title: string,
  value: number,
  stage: DemoDeal['stage'],
  owner: DemoDeal['owner'],
  closesInDays: number,
];

const rows: readonly Row[] = [
  ['Harbour Logistics · fleet tracking, 40 trucks', 48_000, 'NEGOTIATION', 'rep', 12],
  ['Meadow Dental Group · patient reminders', 9_600, 'PROPOSAL', 'rep', 21],
  ['Brightwater Hotels · front-desk suite', 36_500, 'QUALIFIED', 'rep', 45],
  ['Kestrel Robotics · support contract renewal', 18_200, 'CLOSED_WON', 'rep', 3],
  ['Orchard & Sons · web shop relaunch', 14_750, 'LEAD', 'rep', 60],
  ['Pine Valley Clinics · booking platform', 27_300, 'PROPOSAL', 'rep', 18],
  ['Northgate Schools · licences, 3 campuses', 22_400, 'NEGOTIATION', 'rep', 9],
  ['Silverline Insurance · claims portal', 64_000, 'QUALIFIED', 'rep', 75],
  ['Tidewater Brewing · distribution pilot', 5_900, 'CLOSED_LOST', 'rep', 1],
  ['Atlas Print Works · workflow automation', 11_250, 'LEAD', 'rep', 50],
  ['Copperfield Law · document archive', 16_800, 'CLOSED_WON', 'rep', 2],
  ['Granite Construction · site reporting', 31_900, 'PROPOSAL', 'rep', 28],
  ['Lumen Energy · meter data service', 83_500, 'NEGOTIATION', 'manager', 16],
  ['Beacon Media · ad operations desk', 42_000, 'QUALIFIED', 'manager', 55],
  ['Riverside Council · permits online', 97_000, 'PROPOSAL', 'manager', 40],
  ['Summit Outdoor · loyalty programme', 25_600, 'CLOSED_WON', 'manager', 4],
  ['Juniper Foods · traceability', 38_400, 'LEAD', 'manager', 90],
  ['Falcon Air Cargo · slot planning', 71_200, 'LEAD', 'manager', 85],
  ['Oakridge Senior Living · care rota', 19_900, 'PROPOSAL', 'rep2', 24],
  ['Vista Realty · listing sync', 8_400, 'QUALIFIED', 'rep2', 33],
  ['Delta Motors · service desk', 29_700, 'NEGOTIATION', 'rep2', 14],
  ['Maple Leaf Bakeries · franchise intranet', 12_300, 'LEAD', 'rep2', 58],
  ['Quartz Watches · warranty portal', 17_500, 'CLOSED_WON', 'rep2', 5],
  ['Redwood Furniture · configurator', 33_800, 'PROPOSAL', 'rep2', 30],
  ['Sable Security · guard scheduling', 21_100, 'QUALIFIED', 'rep2', 48],
  ['Thornbury Farms · harvest planning', 6_700, 'CLOSED_LOST', 'rep2', 1],
  ['Umbra Studios · rights management', 45_300, 'LEAD', 'rep2', 70],
  ['Velvet Cosmetics · retail training', 13_900, 'NEGOTIATION', 'rep2', 11],
  ['Willow Health · telehealth rollout', 58_600, 'QUALIFIED', 'rep2', 65],
  ['Zephyr Sailing · charter bookings', 10_450, 'PROPOSAL', 'rep2', 26],
  ['Ironbridge Steel · supplier portal', 52_800, 'QUALIFIED', 'rep', 62],
  ['Clearwater Pools · maintenance plans', 7_800, 'CLOSED_WON', 'rep', 2],
  ['Fairmont Events · ticketing', 23_400, 'LEAD', 'rep', 80],
  ['Hawthorn Publishing · subscriptions', 34_600, 'NEGOTIATION', 'rep2', 19],
  ['Ember Grills · dealer network', 15_200, 'CLOSED_WON', 'rep2', 6],
  ['Lakeside Vet Group · records migration', 20_900, 'PROPOSAL', 'manager', 35],
];

export const demoDeals: readonly DemoDeal[] = rows.map(
  ([title, value, stage, owner, closesInDays]) => ({ title, value, stage, owner, closesInDays }),
);
