import type { User } from '@splitline/functions/contracts';
import { type Page, pagesOf } from '../../app/pages.ts';

/** Something that the palette does: it goes to an address. */
export interface PaletteCommand {
  readonly id: string;
  readonly label: string;
  readonly href: string;
}

const additions: readonly PaletteCommand[] = [
  { id: 'add-contact', label: 'Add contact', href: '/contacts?add' },
  { id: 'add-company', label: 'Add company', href: '/companies?add' },
  { id: 'add-lead', label: 'Add lead', href: '/leads?add' },
];

/** What the palette offers a person of the role for what was typed: every word begins one of the label's. */
export function commandsFor(role: User['role'], text: string): readonly PaletteCommand[] {
  const words = wordsOf(text);
  return [...pagesOf(role).map(toCommand), ...additions].filter(({ label }) => {
    const parts = wordsOf(label);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
}

function toCommand({ path, name }: Page): PaletteCommand {
  return { id: `go ${path}`, label: `Go to ${name}`, href: path };
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}
