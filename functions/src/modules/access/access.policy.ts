import type { Audience, Principal, Role } from '../../platform/principal.schema.ts';
import type { Operation, RecordType } from './access.schema.ts';

/**
 * The relations between a caller and a record that a clause can demand:
 * `any` every record of the organisation; `managed` the record's team is one the caller manages;
 * `owned` the caller is its owner; `involved` the caller is among its participants (an owner is one).
 */
const relations = {
  any: () => true,
  managed: (caller: Principal, record: Audience) =>
    record.teamId !== null && caller.managedTeamIds.includes(record.teamId),
  owned: (caller: Principal, record: Audience) => record.ownerId === caller.uid,
  involved: (caller: Principal, record: Audience) => record.participantIds.includes(caller.uid),
} as const;

export type Relation = keyof typeof relations;
type Grants = Readonly<Record<Role, readonly Relation[]>>;

const everyone: Grants = { admin: ['any'], manager: ['any'], rep: ['any'] };
const adminsOnly: Grants = { admin: ['any'], manager: [], rep: [] };
const nobody: Grants = { admin: [], manager: [], rep: [] };
/** Records that concern several people: a deal is seen by everybody with a split on it. */
const involved: Grants = { admin: ['any'], manager: ['managed', 'involved'], rep: ['involved'] };
/** Records of one owner. */
const owned: Grants = { admin: ['any'], manager: ['managed', 'owned'], rep: ['owned'] };
const own: Grants = { admin: ['owned'], manager: ['owned'], rep: ['owned'] };
const overseen: Grants = { admin: ['any'], manager: ['managed'], rep: [] };

type OperationGrants = Readonly<Record<Operation, Grants>>;

const administered: OperationGrants = {
  read: everyone,
  create: adminsOnly,
  update: adminsOnly,
  move: adminsOnly,
  assign: adminsOnly,
  delete: adminsOnly,
};
const confidential: OperationGrants = { ...administered, read: adminsOnly };
const ownedRecord: OperationGrants = {
  read: owned,
  create: owned,
  update: owned,
  move: owned,
  assign: overseen,
  delete: owned,
};

const unwritable: OperationGrants = {
  read: nobody,
  create: nobody,
  update: nobody,
  move: nobody,
  assign: nobody,
  delete: nobody,
};

/** Who may do what: the one statement of it. `firestore.rules` says the same and is tested against it. */
export const policy: Readonly<Record<RecordType, OperationGrants>> = {
  org: { ...administered, create: nobody, delete: nobody },
  user: administered,
  team: administered,
  invitation: confidential,
  apiKey: confidential,
  stage: administered,
  fieldSet: administered,
  deal: { ...ownedRecord, read: involved },
  contact: ownedRecord,
  // Everybody must see that a company exists, or each rep would enter it again.
  company: { ...ownedRecord, read: everyone },
  lead: ownedRecord,
  // Notes and activities are read with the record they are about; these clauses are for the author.
  note: ownedRecord,
  task: ownedRecord,
  activity: ownedRecord,
  appointment: ownedRecord,
  // A notification is for one person alone, whatever their role.
  notification: { ...unwritable, read: own, update: own },
  event: { ...unwritable, read: involved },
  // What is said with a contact is of whoever owns the contact. It is sent or received, never changed.
  conversation: { ...unwritable, read: owned, update: owned },
  message: { ...unwritable, read: owned, create: owned },
  // Its endpoint is sent what administrators see; integrators subscribe with their API keys.
  subscription: confidential,
  job: { ...ownedRecord, assign: nobody },
  // Rates are between the organisation and each person, who sees what applies to them with their earnings.
  plan: confidential,
  // Nobody writes what is posted; a correction is a posting of its own.
  ledger: { ...unwritable, read: owned },
  split: { ...unwritable, read: owned },
  // A dispute is its payee's; who resolves it must not be that person.
  dispute: { ...unwritable, read: owned, create: own, update: owned, move: overseen },
  // So is an adjustment; who approves it must be neither that person nor whoever asked for it.
  adjustment: { ...unwritable, read: owned, create: overseen, move: overseen },
  payout: { ...unwritable, read: owned, move: adminsOnly },
  period: { ...administered, assign: nobody },
  workflow: confidential,
  // What failed is had to go on by whoever oversees the record it was about.
  run: { ...unwritable, read: overseen, update: overseen },
};

/** What only people administer: API keys and automations may read these records but never change them. */
const administeredByPeople: ReadonlySet<RecordType> = new Set([
  'org',
  'user',
  'team',
  'invitation',
  'apiKey',
  'stage',
  'fieldSet',
  'plan',
  'dispute',
  'adjustment',
  'payout',
  'period',
  'workflow',
]);

/** The relation that grants `caller` the operation on `record`, or undefined when none does. */
export function findGrant(
  caller: Principal,
  operation: Operation,
  recordType: RecordType,
  record: Audience,
): Relation | undefined {
  if (caller.kind !== 'user' && operation !== 'read' && administeredByPeople.has(recordType)) {
    return undefined;
  }
  return policy[recordType][operation][caller.role].find((relation) =>
    relations[relation](caller, record),
  );
}

/** True when the policy grants `caller` the operation on `record`. */
export function isAllowed(
  caller: Principal,
  operation: Operation,
  recordType: RecordType,
  record: Audience,
): boolean {
  return findGrant(caller, operation, recordType, record) !== undefined;
}
