import { z } from 'zod';
import { idSchema, lineSchema } from '../../platform/text.schema.ts';
import { e164Schema } from '../owned-records/owned-records.schema.ts';

export const DEFAULT_DAILY_BUDGET = 1000;
const MAX_NUMBERS = 100;

const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: 'must be a time of day such as 21:00',
});

/** When nobody is texted, by the contact's clock; an `end` that is not after `start` is on the next day. */
export const quietHoursSchema = z
  .strictObject({ start: timeOfDaySchema, end: timeOfDaySchema })
  .refine(({ start, end }) => start !== end, {
    path: ['end'],
    error: 'must differ from start; null switches quiet hours off',
  });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** A number of the Twilio account that is this organisation's. */
const ownedNumberSchema = z.strictObject({
  phoneNumber: e164Schema,
  sid: z.string(),
  friendlyName: z.string(),
  /** Who is to look after people who write to it and are not known. */
  ownerId: idSchema,
  isWhatsApp: z.boolean(),
});
export type OwnedNumber = z.infer<typeof ownedNumberSchema>;

/** How an organisation sends, `orgs/{orgId}/messageSettings/current`. */
export const messageSettingsSchema = z.strictObject({
  quietHours: quietHoursSchema.nullable(),
  dailyBudget: z.int().min(0).max(1_000_000),
  numbers: z.array(ownedNumberSchema).max(MAX_NUMBERS),
  /** What texts are sent from unless the contact knows another of the numbers. */
  smsNumber: e164Schema.nullable(),
  whatsAppNumber: e164Schema.nullable(),
});
export type MessageSettings = z.infer<typeof messageSettingsSchema>;

/** Which organisation a number belongs to, `numberClaims/{digits}`: one at most. */
export const numberClaimSchema = z.strictObject({
  phoneNumber: e164Schema,
  orgId: idSchema,
  at: z.date(),
});
export type NumberClaim = z.infer<typeof numberClaimSchema>;

/** A change of the settings: what is not named stays. */
export const settingsChangeSchema = z.strictObject({
  quietHours: quietHoursSchema.nullable().optional(),
  dailyBudget: messageSettingsSchema.shape.dailyBudget.optional(),
  smsNumber: lineSchema(50).optional(),
  whatsAppNumber: lineSchema(50).nullable().optional(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** A number of the Twilio account to register for the organisation. */
export const newNumberSchema = z.strictObject({
  phoneNumber: lineSchema(50),
  ownerId: idSchema.optional(),
  /** True when the number is a WhatsApp sender as well. */
  whatsApp: z.boolean().default(false),
});
export type NewNumber = z.infer<typeof newNumberSchema>;
