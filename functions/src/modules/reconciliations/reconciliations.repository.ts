import type { Collection } from '../../platform/collection.ts';
import { openUnit, type Store } from '../../platform/unit-of-work.ts';
import { type Reconciliation, reconciliationSchema } from './reconciliations.schema.ts';

/** Of the deployment as a whole: there is one account at Stripe. */
const reconciliations: Collection<Reconciliation> = {
  path: () => 'reconciliations',
  label: 'Reconciliation',
  schema: reconciliationSchema,
};
const NO_ORG = '';

/** Stores what a comparison came to; the last one of a day stands. One read, one write. */
export async function storeReconciliation(store: Store, summary: Reconciliation): Promise<void> {
  const unit = openUnit({ store }, NO_ORG);
  const id = summary.until.toISOString().slice(0, 10);
  const known = await unit.find(reconciliations, id);
  if (known === undefined) unit.create(reconciliations, id, summary);
  else unit.update(reconciliations, known, summary);
  await unit.commit();
}
