import { createRequire } from 'node:module';
import type * as PhoneLibrary from 'libphonenumber-js';
import { AppError } from './errors.ts';

let library: typeof PhoneLibrary | undefined;

/** The numbering plans of all countries take a while to load, so they wait for the first number. */
function phoneLibrary(): typeof PhoneLibrary {
  library ??= createRequire(import.meta.url)('libphonenumber-js');
  if (library === undefined) throw new Error('libphonenumber-js could not be loaded');
  return library;
}

/**
 * A phone number in E.164 form, `+15551234567`. There is no default country, so it must be given
 * in international form; any usual punctuation is accepted. Numbers that a country's plan has room
 * for are accepted even when nobody has been given them yet.
 * @throws AppError invalid-argument: field `field`
 */
export function normalisePhone(text: string, field: string): string {
  const phone = phoneLibrary().parsePhoneNumberFromString(text, { extract: false });
  if (phone?.isPossible() && phone.ext === undefined) return phone.number;
  throw new AppError(
    'invalid-argument',
    `${field}: must be a phone number in international form such as +15551234567`,
    { field },
  );
}

/** The number without its country's calling code: `5551234567` of `+15551234567`. */
export function nationalNumber(phone: string): string {
  return (
    phoneLibrary().parsePhoneNumberFromString(phone)?.nationalNumber ?? phone.replace(/\D/g, '')
  );
}
