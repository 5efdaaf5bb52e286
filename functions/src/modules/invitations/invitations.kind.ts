import { orgWide } from '../access/access.public.ts';
import type { RecordKind } from '../events/events.public.ts';
import { nameInvitationChanges } from './invitations.events.ts';
import { invitations } from './invitations.repository.ts';
import type { Invitation } from './invitations.schema.ts';

/** How changes of invitations become events, which administrators alone see. */
export const invitationKind: RecordKind<Invitation> = {
  recordType: 'invitation',
  collection: invitations,
  audienceOf: () => orgWide,
  nameChanges: nameInvitationChanges,
  hidden: ['tokenHash'],
};
