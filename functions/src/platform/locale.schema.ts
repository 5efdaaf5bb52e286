import { z } from 'zod';

/** A language tag that amounts and dates can be written in, `en-US` unless given. */
export const localeSchema = z
  .string()
  .max(35)
  .refine(isSupported, { error: 'must be a supported language tag such as en-US or de-DE' })
  .default('en-US');

function isSupported(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
