import type { Audience, Principal, Role } from '../../platform/principal.schema.ts';
import { findGrant, policy, type Relation } from './access.policy.ts';
import type { Operation, RecordType } from './access.schema.ts';

/** Why a member may, or may not, do something to a record: as data, and as a sentence. */
export interface Explanation {
  readonly allowed: boolean;
  /** The clause of the policy that decided; null when none grants it. */
  readonly clause: { readonly role: Role; readonly relation: Relation } | null;
  /** The relations any of which would do for this role; empty when the role may never do it. */
  readonly demanded: readonly Relation[];
  readonly sentence: string;
}

const have: Readonly<Record<Relation, string>> = {
  any: 'whoever it concerns',
  managed: 'because they manage its team',
  owned: 'because they own it',
  involved: 'because they are its owner or have a part in it',
};
const lack: Readonly<Record<Relation, string>> = {
  any: 'in any case',
  managed: 'when they manage its team',
  owned: 'when they own it',
  involved: 'when they are its owner or have a part in it',
};

/** Explains the policy's decision about an active member. It decides nothing itself. */
export function explainAccess(
  member: Principal,
  operation: Operation,
  recordType: RecordType,
  record: Audience,
): Explanation {
  const { role } = member;
  const demanded = policy[recordType][operation][role];
  const relation = findGrant(member, operation, recordType, record);
  const act = `${operation} this ${recordType}`;
  if (relation !== undefined) {
    const sentence = `Allowed: as ${role} this person may ${act}, ${have[relation]}.`;
    return { allowed: true, clause: { role, relation }, demanded, sentence };
  }
  const sentence =
    demanded.length === 0
      ? `Denied: the role ${role} never allows to ${operation} a ${recordType}.`
      : `Denied: as ${role} this person may ${operation} a ${recordType} only ` +
        `${demanded.map((each) => lack[each]).join(' or ')}, and that is not so here.`;
  return { allowed: false, clause: null, demanded, sentence };
}

/** The explanation for somebody whose membership has ended. */
export function explainInactive(): Explanation {
  const sentence = 'Denied: the membership of this person has ended; reactivate it first.';
  return { allowed: false, clause: null, demanded: [], sentence };
}
