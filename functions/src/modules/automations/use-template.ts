import { z } from '@hono/zod-openapi';
import type { Context } from '../../platform/context.ts';
import type { Principal } from '../../platform/principal.schema.ts';
import { requireOrgAccess } from '../access/access.public.ts';
import { createWorkflow, type SavedWorkflow } from './automations.service.ts';
import type { NewFromTemplate } from './workflow-inputs.schema.ts';
import { getWorkflowTemplate, workflowTemplates } from './workflow-templates.ts';

export const templateViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    definition: z.record(z.string(), z.unknown()),
  })
  .openapi('WorkflowTemplate');

/** The workflows to start from. @throws AppError permission-denied */
export function listTemplates({
  principal,
}: Context<Principal>): z.infer<typeof templateViewSchema>[] {
  requireOrgAccess(principal, 'read', 'workflow');
  return workflowTemplates.map((template) => ({
    ...template,
    definition: { ...template.definition },
  }));
}

/**
 * Creates a workflow that does what a template says.
 * @throws AppError permission-denied, not-found
 */
export async function createFromTemplate(
  ctx: Context<Principal>,
  templateId: string,
  { name, status }: NewFromTemplate,
): Promise<SavedWorkflow> {
  requireOrgAccess(ctx.principal, 'create', 'workflow');
  const template = getWorkflowTemplate(templateId);
  const { description, definition } = template;
  return createWorkflow(ctx, { name: name ?? template.name, description, status, definition });
}
