import { storeText } from '../support/messages.ts';
import { freshPhone } from '../support/twilio.ts';
import type { FuzzWorld } from './fuzz-world.ts';

const SETTINGS = '/api/messages/settings';
const NUMBERS = '/api/twilio/phone-numbers';

async function withPhone(w: FuzzWorld): Promise<string> {
  return w.make('/api/contacts', { firstName: 'Ada', phone: freshPhone() });
}

const conversation = async (w: FuzzWorld) => {
  const { conversationId } = await storeText(w.org.orgId, await w.fresh('contacts'));
  return { params: { conversationId } };
};

const settings = async (w: FuzzWorld) => {
  const phoneNumber = freshPhone();
  await w.make(NUMBERS, { phoneNumber, whatsApp: true });
  return {
    body: {
      ...{ quietHours: { start: '21:30', end: '08:00' }, dailyBudget: 100_000 },
      ...{ smsNumber: phoneNumber, whatsAppNumber: phoneNumber },
    },
  };
};

/** Requests about messages, and from where they are sent. */
export const messageExamples = {
  'GET /api/messages': async (w: FuzzWorld) => ({
    query: { limit: '5', channel: 'SMS', contactId: await w.fresh('contacts') },
  }),
  'GET /api/messages/outlook': async (w: FuzzWorld) => ({
    query: { contactId: await withPhone(w), channel: 'SMS' },
  }),
  'POST /api/messages': async (w: FuzzWorld) => {
    await w.make(NUMBERS, { phoneNumber: freshPhone() });
    return { body: { contactId: await withPhone(w), channel: 'SMS', content: 'Are you coming?' } };
  },
  'GET /api/messages/{conversationId}': async (w: FuzzWorld) => ({
    ...(await conversation(w)),
    query: { limit: '5' },
  }),
  'POST /api/messages/{conversationId}/read': conversation,
  'POST /api/messages/generate': async (w: FuzzWorld) => ({
    body: {
      ...{ contactId: await w.fresh('contacts'), context: 'Follow up', tone: 'friendly' },
      channel: 'EMAIL',
    },
  }),
  'POST /api/messages/opt-outs': async (w: FuzzWorld) => ({
    body: { contactId: await withPhone(w), channel: 'SMS', optedOut: true },
  }),
  'GET /api/messages/settings': async () => ({}),
  [`PUT ${SETTINGS}`]: settings,
  [`PATCH ${SETTINGS}`]: settings,
  [`GET ${NUMBERS}/owned`]: async () => ({}),
  [`POST ${NUMBERS}`]: async (w: FuzzWorld) => ({
    body: { phoneNumber: freshPhone(), ownerId: w.org.rep.uid, whatsApp: true },
  }),
  [`DELETE ${NUMBERS}/{id}`]: async (w: FuzzWorld) => ({
    params: { id: await w.make(NUMBERS, { phoneNumber: freshPhone() }) },
  }),
};
