import type { Collection } from '../../platform/collection.ts';
import { type Org, orgSchema } from './orgs.schema.ts';

/** The organisations themselves; a unit of work reads and writes none but its own. */
export const orgs: Collection<Org> = {
  path: () => 'orgs',
  label: 'Organisation',
  schema: orgSchema,
};
