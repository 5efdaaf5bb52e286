import { AppError } from '../../platform/errors.ts';
import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { changeClaims, externalIdClaims } from '../claims/claims.public.ts';
import type { ExternalId } from '../claims/claims.schema.ts';

/**
 * Claims the ids a deal is about to have in other systems and frees those it gives up.
 * @throws AppError already-exists: field externalIds
 */
export function changeDealClaims(
  unit: UnitOfWork,
  dealId: string,
  before: readonly ExternalId[],
  after: readonly ExternalId[],
): Promise<void> {
  return changeClaims(
    unit,
    {
      recordType: 'deal',
      recordId: dealId,
      refusal: async ({ field }) =>
        new AppError(
          'already-exists',
          `${field}: another deal has one of these ids; update that one instead`,
          { field },
        ),
    },
    externalIdClaims(before),
    externalIdClaims(after),
  );
}
