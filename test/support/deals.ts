import { buildDeal } from '../../functions/src/modules/deals/build-deal.ts';
import { type Deal, dealSchema } from '../../functions/src/modules/deals/deals.schema.ts';
import { defaultStages } from '../../functions/src/modules/stages/stages.public.ts';
import type { Stage, SystemKey } from '../../functions/src/modules/stages/stages.schema.ts';
import type { Stored } from '../../functions/src/platform/collection.ts';
import { firestore, timestampsToDates } from '../../functions/src/platform/firestore.ts';
import { newId } from '../../functions/src/platform/ids.ts';
import type { Principal } from '../../functions/src/platform/principal.schema.ts';
import { firstVersion } from '../../functions/src/platform/records.ts';

/** A valid deal of `owner` in the intake stage, with the fields that matter to a test put in. */
export function dealOf(
  { uid, teamId }: Pick<Principal, 'uid' | 'teamId'>,
  fields: Partial<Deal> = {},
): Deal {
  const plain = buildDeal(
    {
      ...{ title: 'Website Redesign', valueMinor: 1_500_000, currency: 'USD' },
      ...{ stage: defaultStage('LEAD'), owner: { id: uid, teamId } },
    },
    { actor: uid, now: new Date() },
  );
  return dealSchema.parse({ ...plain, ...fields });
}

/** A stage as new organisations have it, under an id of its own. */
export function defaultStage(systemKey: SystemKey): Stored<Stage> {
  const fields = defaultStages(newId).find((stage) => stage.systemKey === systemKey);
  if (fields === undefined) throw new Error(`There is no default stage ${systemKey}`);
  return { ...firstVersion({ actor: 'test', now: new Date(0) }), ...fields };
}

/** Stores a deal past every door and answers its id. */
export async function storeDeal(orgId: string, deal: Deal, id = newId()): Promise<string> {
  await firestore().doc(dealPath(orgId, id)).create(deal);
  return id;
}

/** The deal as it is stored, or undefined. @throws ZodError when it breaks its schema */
export async function storedDeal(orgId: string, id: string): Promise<Deal | undefined> {
  const snapshot = await firestore().doc(dealPath(orgId, id)).get();
  return snapshot.exists ? dealSchema.parse(timestampsToDates(snapshot.data())) : undefined;
}

export function dealPath(orgId: string, id: string): string {
  return `orgs/${orgId}/deals/${id}`;
}
