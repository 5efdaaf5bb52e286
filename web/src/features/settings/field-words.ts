import type { FieldRecordType, FieldType } from '@splitline/functions/contracts';

export const typeNames: Readonly<Record<FieldType, string>> = {
  text: 'Text',
  number: 'Number',
  money: 'Amount of money',
  date: 'Date',
  picklist: 'One of several options',
  multiSelect: 'Any of several options',
  checkbox: 'Yes or no',
  user: 'Person',
};

/** How the records of a kind are called, one and many. */
export const recordNames: Readonly<Record<FieldRecordType, readonly [string, string]>> = {
  deal: ['deal', 'Deals'],
  contact: ['contact', 'Contacts'],
  company: ['company', 'Companies'],
  lead: ['lead', 'Leads'],
};

export function hasOptions(type: FieldType): boolean {
  return type === 'picklist' || type === 'multiSelect';
}

/** One option a line, as people type them. */
export function optionsIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const MAX_KEY_LENGTH = 64;

/** A key that fits the label: `Number of ovens` is `numberOfOvens`; empty where none can be made of it. */
export function keyOf(label: string): string {
  const words = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const key = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('')
    .replace(/^[^A-Za-z]+/, '');
  return key.slice(0, MAX_KEY_LENGTH);
}
