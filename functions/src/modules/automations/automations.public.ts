export { workflowKind } from './automations.kind.ts';
export {
  type ActiveWorkflow,
  findActiveByTrigger,
  findVersions,
  getWorkflowVersion,
  listVersions,
  workflows,
} from './automations.repository.ts';
export type { ShownWorkflow } from './automations.view.ts';
export { checkDefinition } from './check-definition.ts';
export { evaluate } from './evaluate.ts';
export { eventFields, valueAt } from './field-values.ts';
export { matches } from './matches.ts';
export { render, type TemplateScope } from './render.ts';
