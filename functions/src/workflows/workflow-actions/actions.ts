import type { Action, EffectType } from './action.ts';
import { assign } from './assign.ts';
import { addTag, moveStage, removeTag, updateFields } from './change-record.ts';
import {
  createAppointmentStep,
  createDealStep,
  createNoteStep,
  createTaskStep,
} from './create-records.ts';
import { draftMessage, sendEmail, sendSms, sendWhatsApp } from './send-messages.ts';
import { callWebhook, notifyPeople } from './tell-others.ts';

/** What each kind of step does. */
export const actions: { readonly [T in EffectType]: Action<T> } = {
  SEND_SMS: sendSms,
  SEND_WHATSAPP: sendWhatsApp,
  SEND_EMAIL: sendEmail,
  ADD_TAG: addTag,
  REMOVE_TAG: removeTag,
  UPDATE_FIELDS: updateFields,
  MOVE_STAGE: moveStage,
  ASSIGN: assign,
  CREATE_TASK: createTaskStep,
  CREATE_NOTE: createNoteStep,
  CREATE_APPOINTMENT: createAppointmentStep,
  CREATE_DEAL: createDealStep,
  NOTIFY: notifyPeople,
  CALL_WEBHOOK: callWebhook,
  DRAFT_MESSAGE: draftMessage,
};
