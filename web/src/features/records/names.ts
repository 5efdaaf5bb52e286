import type { CompanyView, ContactView, LeadView } from '../../data/records.ts';

/** What a contact is called. */
export function nameOfContact({
  firstName,
  lastName,
}: Pick<ContactView, 'firstName' | 'lastName'>): string {
  return [firstName, lastName].filter((part) => part !== null && part !== '').join(' ');
}

/** What a company is called. */
export function nameOfCompany({ name }: Pick<CompanyView, 'name'>): string {
  return name;
}

/** What a lead is called: its business, or the person to ask for. */
export function nameOfLead({
  businessName,
  contactName,
}: Pick<LeadView, 'businessName' | 'contactName'>): string {
  return businessName ?? contactName ?? 'Lead without a name';
}

/** A person's name taken apart for a form: the last word is the last name. */
export function splitName(name: string | null): {
  readonly firstName: string;
  readonly lastName: string;
} {
  const words = (name ?? '').split(/\s+/).filter((word) => word !== '');
  if (words.length < 2) return { firstName: words.join(''), lastName: '' };
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}

/** What one of the values of a list is set apart by in an input. */
export function splitList(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  return [...new Set(parts)].filter((part) => part !== '');
}
