import { inboxEntrySchema } from '../../functions/src/modules/inbox/inbox.schema.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';

/** The entry of an event of Stripe's as it is stored, or undefined. */
export async function storedEntry(eventId: string) {
  const snapshot = await firestore().doc(`inbox/stripe_${eventId}`).get();
  return snapshot.exists ? inboxEntrySchema.parse(timestampsToDates(snapshot.data())) : undefined;
}
