import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { Rest } from '../../data/port.ts';
import { isSubject, type SubjectType } from './kit.ts';

/** A record by its kind and id. */
export interface RecordRef {
  readonly recordType: string;
  readonly recordId: string;
}

const text = z.string().nullish();
const namedSchema = z.object({
  ...{ title: text, name: text, firstName: text, lastName: text },
  ...{ businessName: text, contactName: text },
});
type Named = z.infer<typeof namedSchema>;

const paths: Readonly<Record<SubjectType, string>> = {
  deal: 'deals',
  contact: 'contacts',
  company: 'companies',
  lead: 'leads',
};

const nameOf: Readonly<Record<SubjectType, (found: Named) => string>> = {
  deal: ({ title }) => title ?? '',
  contact: ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' '),
  company: ({ name }) => name ?? '',
  lead: ({ businessName, contactName }) => businessName ?? contactName ?? '',
};

/** Where a record is shown; undefined for kinds without a page. */
export function pageOf({ recordType, recordId }: RecordRef): string | undefined {
  return isSubject(recordType) ? `/${paths[recordType]}/${recordId}` : undefined;
}

export function keyOf({ recordType, recordId }: RecordRef): string {
  return `${recordType}/${recordId}`;
}

/** Names that were read once are not read again while the page is open. */
const read = new WeakMap<Rest, Map<string, string>>();

/**
 * What the records of one page of a list are called, by keyOf; one after another, so that a list
 * asks no more of the server than a person does. Those that are gone have no name.
 */
export function useRecordNames(
  rest: Rest,
  refs: readonly RecordRef[],
): ReadonlyMap<string, string> {
  const known = namesOf(rest);
  const [, setCount] = useState(0);
  const wanted = [...new Set(refs.filter(({ recordType }) => isSubject(recordType)).map(keyOf))]
    .filter((key) => !known.has(key))
    .join(' ');
  useEffect(() => {
    let isOver = false;
    const load = async () => {
      for (const key of wanted.split(' ').filter((part) => part !== '')) {
        if (isOver) return;
        namesOf(rest).set(key, await nameAt(rest, key));
        if (!isOver) setCount((count) => count + 1);
      }
    };
    void load();
    return () => {
      isOver = true;
    };
  }, [rest, wanted]);
  return known;
}

function namesOf(rest: Rest): Map<string, string> {
  const held = read.get(rest) ?? new Map<string, string>();
  read.set(rest, held);
  return held;
}

async function nameAt(rest: Rest, key: string): Promise<string> {
  const [type = '', id = ''] = key.split('/');
  if (!isSubject(type)) return '';
  try {
    return nameOf[type](await rest.get(`/api/${paths[type]}/${id}`, namedSchema));
  } catch {
    // Deleted, or not for the reader: the list says so.
    return '';
  }
}
