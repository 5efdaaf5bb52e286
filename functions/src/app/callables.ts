import { logActivity as log } from '../modules/activities/activities.public.ts';
import { newActivitySchema } from '../modules/activities/activities.schema.ts';
import * as appointments from '../modules/appointments/appointments.public.ts';
import {
  appointmentStateSchema,
  newAppointmentSchema,
  toAppointmentState,
  updateAppointmentSchema,
} from '../modules/appointments/appointments.schema.ts';
import * as companies from '../modules/companies/companies.public.ts';
import {
  companyStateSchema,
  newCompanySchema,
  updateCompanySchema,
} from '../modules/companies/companies.schema.ts';
import * as contacts from '../modules/contacts/contacts.public.ts';
import {
  contactStateSchema,
  newContactSchema,
  updateContactSchema,
} from '../modules/contacts/contacts.schema.ts';
import * as deals from '../modules/deals/deals.public.ts';
import {
  bulkUpdateDealsSchema,
  dealRefSchema,
  dealStateSchema,
  moveDealSchema,
  newDealSchema,
  updateDealSchema,
} from '../modules/deals/deals.schema.ts';
import * as leads from '../modules/leads/leads.public.ts';
import {
  conversionSchema,
  convertLeadCallSchema,
  leadStateSchema,
  newLeadSchema,
  updateLeadSchema,
} from '../modules/leads/leads.schema.ts';
import * as notes from '../modules/notes/notes.public.ts';
import { newNoteSchema } from '../modules/notes/notes.schema.ts';
import * as stages from '../modules/stages/stages.public.ts';
import {
  deleteStageSchema,
  newStageSchema,
  reorderStagesSchema,
  stageViewSchema,
  toStageView,
  updateStageSchema,
} from '../modules/stages/stages.schema.ts';
import { aboutStateSchema } from '../modules/subjects/subjects.schema.ts';
import * as tasks from '../modules/tasks/tasks.public.ts';
import { completeTaskSchema, newTaskSchema } from '../modules/tasks/tasks.schema.ts';
import { batchStateSchema, toBatchState } from '../platform/batch.ts';
import { convertLead as convert } from '../workflows/convert-lead.ts';
import { deleteStage as removeStage } from '../workflows/delete-stage.ts';
import { callable } from './callable.ts';

export const createDeal = callable(newDealSchema, dealStateSchema, (ctx, input) =>
  deals.createDeal(ctx, input),
);
export const moveDealStage = callable(moveDealSchema, dealStateSchema, deals.moveDealStage);
export const updateDeal = callable(updateDealSchema, dealStateSchema, deals.updateDeal);
export const deleteDeal = callable(dealRefSchema, dealStateSchema, deals.deleteDeal);
export const restoreDeal = callable(dealRefSchema, dealStateSchema, deals.restoreDeal);
export const bulkUpdateDeals = callable(
  bulkUpdateDealsSchema,
  batchStateSchema,
  async (ctx, input) => toBatchState(await deals.bulkUpdateDeals(ctx, input)),
);

export const createNote = callable(newNoteSchema, aboutStateSchema, notes.createNote);
export const createTask = callable(newTaskSchema, aboutStateSchema, tasks.createTask);
export const completeTask = callable(completeTaskSchema, aboutStateSchema, tasks.completeTask);
export const logActivity = callable(newActivitySchema, aboutStateSchema, log);

export const createAppointment = callable(
  newAppointmentSchema,
  appointmentStateSchema,
  async (ctx, input) => toAppointmentState(await appointments.createAppointment(ctx, input)),
);
export const updateAppointment = callable(
  updateAppointmentSchema,
  appointmentStateSchema,
  async (ctx, input) => toAppointmentState(await appointments.updateAppointment(ctx, input)),
);

export const createStage = callable(newStageSchema, stageViewSchema, async (ctx, input) =>
  toStageView(await stages.createStage(ctx, input)),
);
export const updateStage = callable(updateStageSchema, stageViewSchema, async (ctx, input) =>
  toStageView(await stages.updateStage(ctx, input)),
);
export const reorderStages = callable(
  reorderStagesSchema,
  stageViewSchema.array(),
  async (ctx, input) => (await stages.reorderStages(ctx, input)).map(toStageView),
);
export const deleteStage = callable(deleteStageSchema, stageViewSchema, async (ctx, input) =>
  toStageView((await removeStage(ctx, input)).stage),
);

export const createContact = callable(newContactSchema, contactStateSchema, (ctx, input) =>
  contacts.createContact(ctx, input),
);
export const updateContact = callable(
  updateContactSchema,
  contactStateSchema,
  (ctx, { contactId, ...change }) => contacts.updateContact(ctx, contactId, change),
);
export const createCompany = callable(newCompanySchema, companyStateSchema, (ctx, input) =>
  companies.createCompany(ctx, input),
);
export const updateCompany = callable(
  updateCompanySchema,
  companyStateSchema,
  (ctx, { companyId, ...change }) => companies.updateCompany(ctx, companyId, change),
);
export const createLead = callable(newLeadSchema, leadStateSchema, (ctx, input) =>
  leads.createLead(ctx, input),
);
export const updateLead = callable(
  updateLeadSchema,
  leadStateSchema,
  (ctx, { leadId, ...change }) => leads.updateLead(ctx, leadId, change),
);
export const convertLead = callable(
  convertLeadCallSchema,
  conversionSchema,
  (ctx, { leadId, ...input }) => convert(ctx, leadId, input),
);
