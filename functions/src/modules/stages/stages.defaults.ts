import type { RecordFields } from '../../platform/records.ts';
import { INTAKE_STAGE_ID, type Stage } from './stages.schema.ts';

type StageFields = Pick<Stage, 'name' | 'kind' | 'defaultProbability' | 'colour' | 'systemKey'>;
type NewStage = Omit<Stage, keyof RecordFields> & { readonly id: string };

const defaults: readonly StageFields[] = [
  { name: 'Lead', kind: 'open', defaultProbability: 10, colour: 'slate', systemKey: 'LEAD' },
  {
    name: 'Qualified',
    kind: 'open',
    defaultProbability: 25,
    colour: 'blue',
    systemKey: 'QUALIFIED',
  },
  {
    name: 'Proposal',
    kind: 'open',
    defaultProbability: 50,
    colour: 'violet',
    systemKey: 'PROPOSAL',
  },
  {
    name: 'Negotiation',
    kind: 'open',
    defaultProbability: 75,
    colour: 'amber',
    systemKey: 'NEGOTIATION',
  },
  { name: 'Won', kind: 'won', defaultProbability: 100, colour: 'green', systemKey: 'CLOSED_WON' },
  { name: 'Lost', kind: 'lost', defaultProbability: 0, colour: 'red', systemKey: 'CLOSED_LOST' },
];

/** The stages a new organisation starts with, the first of them the intake stage. */
export function defaultStages(newId: () => string): readonly NewStage[] {
  return defaults.map((stage, sortOrder) => ({
    ...stage,
    sortOrder,
    closing: null,
    requiresDealFields: false,
    deletedAt: null,
    id: sortOrder === 0 ? INTAKE_STAGE_ID : newId(),
  }));
}
