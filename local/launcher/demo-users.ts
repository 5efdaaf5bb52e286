/** The accounts of the demo organisation: the start screen shows them, the demo data creates them. */
export const DEMO_PASSWORD = 'splitline';

export const DEMO_USERS = [
  { email: 'admin@splitline.test', role: 'admin', about: 'sees everything' },
  { email: 'manager@splitline.test', role: 'manager', about: 'sees the deals of the managed team' },
  { email: 'rep@splitline.test', role: 'rep', about: 'sees own deals' },
  { email: 'rep2@splitline.test', role: 'rep', about: 'sees own deals, in another team' },
] as const;
