/** Whose value a field has after a merge. */
export type Side = 'this' | 'other';

/** A field that two records may have different values of. */
export interface MergeField {
  readonly key: string;
  readonly label: string;
}

/** A field as the two have it, and whose value stays unless somebody chooses. */
export interface MergeRow extends MergeField {
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly usual: Side;
}

/** The fields that a choice is about: those in which both records have a value, and different ones. */
export function rowsOf(fields: readonly MergeField[], mine: object, theirs: object): MergeRow[] {
  const [own, other] = [Object.entries(mine), Object.entries(theirs)].map(
    (entries) => new Map<string, unknown>(entries),
  );
  return fields
    .map((field) => toRow(field, own?.get(field.key) ?? null, other?.get(field.key) ?? null))
    .filter((row) => row.mine !== row.theirs);
}

function toRow(field: MergeField, mine: unknown, theirs: unknown): MergeRow {
  return { ...field, mine, theirs, usual: mine === null ? 'other' : 'this' };
}

/** What to ask of the server: the choice for each field in which the two differ. */
export function choicesOf(
  rows: readonly MergeRow[],
  chosen: (key: string) => string,
): Record<string, Side> {
  return Object.fromEntries(
    rows.map(({ key, usual }) => {
      const choice = chosen(key);
      return [key, choice === 'this' || choice === 'other' ? choice : usual];
    }),
  );
}
