import type { ActionPorts } from '../workflows/workflow-actions/action.ts';
import { email } from './email.ts';
import { messagePorts } from './message-ports.ts';
import { openAi } from './openai.ts';

/** What the steps of workflows work with in this deployment. */
export const workflowPorts: ActionPorts = { email, messages: messagePorts, openAi };
