import {
  type Explanation,
  explainAccess,
  explainInactive,
  requireOrgAccess,
} from '../modules/access/access.public.ts';
import type { Explain, RecordType } from '../modules/access/access.schema.ts';
import { principalOf, users } from '../modules/users/users.public.ts';
import type { Context } from '../platform/context.ts';
import { AppError, notFound } from '../platform/errors.ts';
import type { Audience, Principal } from '../platform/principal.schema.ts';
import { openUnit, type UnitOfWork } from '../platform/unit-of-work.ts';

/** Who is concerned by a record of one type, or undefined when there is no such record. */
export type FindAudience = (unit: UnitOfWork, recordId: string) => Promise<Audience | undefined>;

/**
 * Explains to an administrator why a member may or may not do something to a record. It asks the
 * same policy that the doors ask.
 * @throws AppError permission-denied, not-found, invalid-argument (recordType)
 */
export async function explainDecision(
  ctx: Context<Principal>,
  audiences: Partial<Readonly<Record<RecordType, FindAudience>>>,
  { userId, recordType, recordId, operation }: Explain,
): Promise<Explanation> {
  // Only administrators see why: the answer tells what others own and manage.
  requireOrgAccess(ctx.principal, 'read', 'invitation');
  const { orgId } = ctx.principal;
  const findAudience = audiences[recordType];
  if (findAudience === undefined) {
    throw new AppError('invalid-argument', `recordType: records of type ${recordType} have no id`, {
      field: 'recordType',
    });
  }
  const unit = openUnit(ctx, orgId);
  const [user, audience] = await Promise.all([
    unit.get(users, userId),
    findAudience(unit, recordId),
  ]);
  if (audience === undefined) throw notFound(recordType, recordId);
  if (!user.active) return explainInactive();
  return explainAccess(principalOf(orgId, user), operation, recordType, audience);
}
