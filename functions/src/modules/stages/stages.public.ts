export { defaultStages } from './stages.defaults.ts';
export { stageKind } from './stages.kind.ts';
export {
  findClosingStages,
  findFirstStage,
  findStageByRef,
  requireTakesDeals,
  stages,
} from './stages.repository.ts';
export {
  closeStage,
  createStage,
  noteRequiredDealFields,
  removeStage,
  reorderStages,
  updateStage,
} from './stages.service.ts';
