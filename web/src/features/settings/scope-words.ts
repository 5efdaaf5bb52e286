/** What a scope of an API key lets its holder do. */
export const scopeNames: Readonly<Record<string, string>> = {
  'read:crm': 'read',
  'write:crm': 'write',
};
