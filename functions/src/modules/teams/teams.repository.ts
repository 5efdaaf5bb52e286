import { type Collection, orgCollection } from '../../platform/collection.ts';
import { compositeIndex } from '../../platform/indexes.ts';
import { type Team, teamSchema } from './teams.schema.ts';

export const teams: Collection<Team> = orgCollection('teams', 'Team', teamSchema);

/** The index that the list of teams needs. */
export const teamIndexes = [compositeIndex('teams', 'deletedAt', 'name')];
