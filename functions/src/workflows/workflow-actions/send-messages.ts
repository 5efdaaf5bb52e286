import type { StepConfig } from '../../modules/automations/steps.schema.ts';
import {
  draftMessage as draft,
  sendMessage,
} from '../../modules/conversations/conversations.public.ts';
import { users } from '../../modules/users/users.public.ts';
import { notFound } from '../../platform/errors.ts';
import { openUnit } from '../../platform/unit-of-work.ts';
import type { Action, Result, StepContext } from './action.ts';
import { getContactOf, ownerOf } from './subject.ts';

/** Sends a text message to the contact, within what the organisation and the contact allow. */
export const sendSms: Action<'SEND_SMS'> = (ctx, { message }) => send(ctx, 'SMS', message);
export const sendWhatsApp: Action<'SEND_WHATSAPP'> = (ctx, { message }) =>
  send(ctx, 'WHATSAPP', message);

/**
 * Sends a mail to the contact as any other message; to the owner or an address by the mail server
 * itself. A process killed between that and noting it sends the mail again under the same id: twice
 * rather than never.
 */
export const sendEmail: Action<'SEND_EMAIL'> = async (ctx, { to, subject, body }) => {
  if (to === 'contact') return send(ctx, 'EMAIL', body, subject);
  const address = to === 'owner' ? await addressOfOwner(ctx) : to;
  const id = `${ctx.run.id}.${ctx.stepId}`;
  await ctx.ports.email.send({ to: address, subject, text: body, id });
  return { to: address };
};

/** Has a message to the contact drafted, for a person to read and send. */
export const draftMessage: Action<'DRAFT_MESSAGE'> = async (ctx, config) => {
  const contactId = await getContactOf(ctx);
  const asked = { contactId, channel: 'SMS', ...config } as const;
  const { generatedMessage, model } = await draft(ctx.caller, asked, ctx.ports.openAi);
  return { contactId, generatedMessage, model };
};

async function send(
  ctx: StepContext,
  channel: 'SMS' | 'WHATSAPP' | 'EMAIL',
  content: StepConfig<'SEND_SMS'>['message'],
  subject?: string,
): Promise<Result> {
  const contactId = await getContactOf(ctx);
  const message = { contactId, channel, content };
  const asked = subject === undefined ? message : { ...message, subject };
  const { id } = await sendMessage(ctx.caller, asked, ctx.ports.messages);
  return { messageId: id, contactId };
}

async function addressOfOwner(ctx: StepContext): Promise<string> {
  const uid = ownerOf(await ctx.record());
  const owner = await openUnit(ctx.caller, ctx.caller.principal.orgId).find(users, uid);
  if (owner === undefined) throw notFound('user', uid);
  return owner.email;
}
