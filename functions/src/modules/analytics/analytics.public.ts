export {
  dayContribution,
  dayIn,
  dealContribution,
  personContribution,
} from './contribution.ts';
export { rollUp, rollUpOf } from './rollups.service.ts';
