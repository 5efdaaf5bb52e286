/** Somebody who can be named in a text. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

/** A mention that is being typed: where its @ stands and what follows it. */
export interface OpenMention {
  readonly start: number;
  readonly query: string;
}

const MAX_OFFERED = 6;

/** The mention that the caret is in, if it is in one: an @ at the start of a word, and a name or less after it. */
export function mentionAt(text: string, caret: number): OpenMention | undefined {
  const match = /(?:^|[\s(])@([^\s@]*(?: [^\s@]*)?)$/u.exec(text.slice(0, caret));
  const query = match?.[1];
  if (query === undefined) return undefined;
  return { start: caret - query.length - 1, query };
}

/** Who fits what was typed: those with a word of their name that begins like it. */
export function offer<T extends Named>(people: Iterable<T>, query: string): T[] {
  const sought = query.toLowerCase();
  return [...people]
    .filter(({ active, name }) => active && fits(name.toLowerCase(), sought))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .slice(0, MAX_OFFERED);
}

function fits(name: string, sought: string): boolean {
  return name.startsWith(sought) || name.split(/\s+/).some((word) => word.startsWith(sought));
}

/** The text with the open mention finished, and where the caret goes. */
export function finishMention(text: string, { start, query }: OpenMention, name: string) {
  const mention = `@${name} `;
  const after = text.slice(start + 1 + query.length).replace(/^ /, '');
  return { text: `${text.slice(0, start)}${mention}${after}`, caret: start + mention.length };
}

export interface Part {
  readonly text: string;
  /** Whom it names. */
  readonly uid?: string;
}

/** A text in parts: those that name one of the people, and what is between them. */
export function partsOf(text: string, people: Iterable<Pick<Named, 'id' | 'name'>>): Part[] {
  // Of two names that begin alike, the longer one is meant.
  const named = [...people].toSorted((a, b) => b.name.length - a.name.length);
  const parts: Part[] = [];
  let begin = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const person = named.find(({ name }) => isNamedAt(text, at, name));
    if (person === undefined || at < begin) continue;
    if (at > begin) parts.push({ text: text.slice(begin, at) });
    begin = at + 1 + person.name.length;
    parts.push({ text: text.slice(at, begin), uid: person.id });
  }
  if (begin < text.length) parts.push({ text: text.slice(begin) });
  return parts;
}

/** Whom a text names, each once. */
export function mentionedIn(text: string, people: Iterable<Pick<Named, 'id' | 'name'>>): string[] {
  const uids = partsOf(text, people).flatMap(({ uid }) => uid ?? []);
  return [...new Set(uids)];
}

/** True where the whole name stands, after a space or at the start, and no letter goes on with it. */
function isNamedAt(text: string, at: number, name: string): boolean {
  if (name === '' || !text.startsWith(name, at + 1)) return false;
  const next = text.slice(at + 1 + name.length);
  return !/^[\p{L}\p{N}]/u.test(next) && (at === 0 || /[\s(]/.test(text.charAt(at - 1)));
}
