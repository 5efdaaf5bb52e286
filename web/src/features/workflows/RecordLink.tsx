import { Link } from 'wouter';
import { keyOf, pageOf, type RecordRef } from './useRecordNames.ts';
import { recordName } from './words.ts';

interface RecordLinkProps {
  readonly record: RecordRef;
  readonly names: ReadonlyMap<string, string>;
}

/** A record by its kind and name, leading to it where it has a page. */
export function RecordLink({ record, names }: RecordLinkProps) {
  const kind = recordName(record.recordType);
  const name = names.get(keyOf(record));
  const page = pageOf(record);
  if (page === undefined) return <span>{kind}</span>;
  if (name === '') return <span className="soft">{kind} that is gone or not yours</span>;
  return (
    <span>
      {kind} <Link href={page}>{name ?? 'loading…'}</Link>
    </span>
  );
}
