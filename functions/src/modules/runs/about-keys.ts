type Fields = Readonly<Record<string, unknown>>;

const MAX_KEYS = 30;

/** A record that is named by its type and id. */
interface Named {
  readonly recordType: string;
  readonly recordId: string;
}

/**
 * What a record stands for when somebody waits for it: itself, what it is about, its contacts and
 * its deal. A message is about its contact, and so is a deal: a run on the deal hears the message.
 * Each workflow has keys of its own.
 */
export function aboutKeys(
  workflowId: string,
  { recordType, recordId }: Named,
  state: Fields | null,
): string[] {
  const text = (field: string) => {
    const value = state?.[field];
    return typeof value === 'string' ? value : undefined;
  };
  const contactIds = state?.contactIds;
  const named: (readonly [string | undefined, string | undefined])[] = [
    [recordType, recordId],
    [text('recordType'), text('recordId')],
    ['deal', text('dealId')],
    ['contact', text('contactId')],
    ...(Array.isArray(contactIds)
      ? contactIds.map((id): [string, string] => ['contact', String(id)])
      : []),
  ];
  const keys = named.flatMap(([type, id]) =>
    type === undefined || id === undefined ? [] : [`${workflowId} ${type}/${id}`],
  );
  return [...new Set(keys)].slice(0, MAX_KEYS);
}
