import type { User } from '@splitline/functions/contracts';

export const roleNames = { admin: 'Administrator', manager: 'Manager', rep: 'Sales rep' } as const;

/** What somebody of the role sees and may do. */
export const roleWords: Readonly<Record<User['role'], string>> = {
  admin: 'Sees and changes everything in the organisation, these settings included.',
  manager: 'Sees and changes the records of the teams they manage, and what those people earn.',
  rep: 'Sees the deals they have a share in, their own records and their own earnings.',
};
