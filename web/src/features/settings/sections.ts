import type { User } from '@splitline/functions/contracts';

const sections = [
  { id: 'profile', name: 'Profile', isForAll: true },
  { id: 'organisation', name: 'Organisation', isForAll: false },
  { id: 'users', name: 'Users and teams', isForAll: false },
  { id: 'stages', name: 'Stages', isForAll: false },
  { id: 'fields', name: 'Custom fields', isForAll: false },
  { id: 'messages', name: 'Messages', isForAll: false },
  { id: 'api-keys', name: 'API keys', isForAll: false },
  { id: 'providers', name: 'Providers', isForAll: false },
] as const;

export type Section = (typeof sections)[number];

/** The section of an address; the profile where it names none, undefined where it names no section. */
export function sectionOf(id: string | undefined): Section | undefined {
  return sections.find((section) => section.id === (id ?? 'profile'));
}

/** What the role may open. */
export function sectionsOf(role: User['role']): readonly Section[] {
  return sections.filter(({ isForAll }) => isForAll || role === 'admin');
}
