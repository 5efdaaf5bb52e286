import { z } from 'zod';

/** True for the years that Firestore and ISO texts have. */
function isInRange(time: Date): boolean {
  return time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999;
}

/** An ISO instant with its offset, such as `2026-02-01T12:00:00Z`. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  // An offset can lead out of those years.
  .refine(isInRange, { error: 'must be an instant of the years 1 to 9999' });
