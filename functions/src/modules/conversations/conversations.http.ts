import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAiPort } from '../../integrations/openai/openai.port.ts';
import type { Api } from '../../platform/http/api.ts';
import { answers, jsonBody } from '../../platform/http/responses.ts';
import { idSchema } from '../../platform/text.schema.ts';
import {
  draftSchema,
  listConversationsSchema,
  listMessagesSchema,
  newMessageSchema,
  optOutInputSchema,
} from './conversations.schema.ts';
import { listConversations, listMessages, markRead } from './conversations.service.ts';
import { draftMessage } from './draft-message.ts';
import type { MessagePorts } from './message-ports.ts';
import {
  conversationViewSchema,
  messageViewSchema,
  toConversationView,
  toMessageView,
} from './message-view.schema.ts';
import { setOptOut } from './opt-outs.ts';
import { sendMessage } from './send-message.ts';
import { outlookQuerySchema, sendingOutlookSchema } from './sending-outlook.schema.ts';
import { getSendingOutlook } from './sending-outlook.ts';

const PATH = '/api/messages';
const paramsSchema = z.strictObject({ conversationId: idSchema });
const messageSchema = z.object(messageViewSchema.shape).openapi('Message');
const conversationSchema = z.object(conversationViewSchema.shape).openapi('Conversation');
const nextCursor = z.string().nullable();

/** Adds the routes of messages of the `/api` door. */
export function registerMessageRoutes(
  api: Api,
  { ports, openAi }: { readonly ports: MessagePorts; readonly openAi: OpenAiPort },
): void {
  registerOutlook(api);
  registerLists(api);
  registerSending(api, ports);
  registerDrafts(api, openAi);
  registerOptOuts(api);
}

/** Before the routes whose parameter would take the name for an id. */
function registerOutlook(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/outlook`,
      request: { query: outlookQuerySchema },
      responses: answers(
        200,
        sendingOutlookSchema.clone().openapi('SendingOutlook'),
        'What would become of a message to the contact that was sent now',
      ),
    }),
    async (c) => c.json(await getSendingOutlook(c.var.caller, c.req.valid('query')), 200),
  );
}

function registerLists(api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      request: { query: listConversationsSchema },
      responses: answers(
        200,
        z.object({ conversations: z.array(conversationSchema), nextCursor }),
        'The conversations visible to the caller, the latest message first',
      ),
    }),
    async (c) => {
      const page = await listConversations(c.var.caller, c.req.valid('query'));
      const conversations = page.records.map(toConversationView);
      return c.json({ conversations, nextCursor: page.nextCursor }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/{conversationId}`,
      request: { params: paramsSchema, query: listMessagesSchema },
      responses: answers(
        200,
        z.object({ messages: z.array(messageSchema), nextCursor }),
        'The latest messages of a conversation, the oldest first; the cursor leads to earlier ones',
      ),
    }),
    async (c) => {
      const asked = { ...c.req.valid('query'), ...c.req.valid('param') };
      const page = await listMessages(c.var.caller, asked);
      return c.json(
        { messages: page.records.map(toMessageView), nextCursor: page.nextCursor },
        200,
      );
    },
  );
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/{conversationId}/read`,
      request: { params: paramsSchema },
      responses: answers(
        200,
        z.object({ id: z.string(), unreadCount: z.int() }),
        'The conversation, with nothing unread',
      ),
    }),
    async (c) => c.json(await markRead(c.var.caller, c.req.valid('param').conversationId), 200),
  );
}

function registerSending(api: Api, ports: MessagePorts): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: PATH,
      request: { body: jsonBody(newMessageSchema.clone().openapi('NewMessage')) },
      responses: answers(200, messageSchema, 'The message, sent; or queued with the reason why'),
    }),
    async (c) => {
      const message = await sendMessage(c.var.caller, c.req.valid('json'), ports);
      return c.json(toMessageView(message), 200);
    },
  );
}

function registerDrafts(api: Api, openAi: OpenAiPort): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/generate`,
      request: { body: jsonBody(draftSchema.clone().openapi('MessageDraftRequest')) },
      responses: answers(
        200,
        z.object({ generatedMessage: z.string(), model: z.string() }),
        'A draft, which nobody has sent, and the model that wrote it',
      ),
    }),
    async (c) => c.json(await draftMessage(c.var.caller, c.req.valid('json'), openAi), 200),
  );
}

function registerOptOuts(api: Api): void {
  const schema = optOutInputSchema.clone().openapi('MessageOptOut');
  api.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/opt-outs`,
      request: { body: jsonBody(schema) },
      responses: answers(200, schema, 'Whether the contact is written to on the channel'),
    }),
    async (c) => c.json(await setOptOut(c.var.caller, c.req.valid('json')), 200),
  );
}
