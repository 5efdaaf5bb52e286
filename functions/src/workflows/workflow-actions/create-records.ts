import { createAppointment } from '../../modules/appointments/appointments.public.ts';
import { createDeal } from '../../modules/deals/deals.public.ts';
import { createNote } from '../../modules/notes/notes.public.ts';
import { createTask } from '../../modules/tasks/tasks.public.ts';
import type { Action, StepContext } from './action.ts';
import { findContactOf, getContactOf, ownerOf, textOf } from './subject.ts';

const MINUTE_MS = 60_000;

const inMinutes = (now: Date, minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS);

async function assigneeOf(ctx: StepContext, assignee: string): Promise<string> {
  return assignee === 'owner' ? ownerOf(await ctx.record()) : assignee;
}

export const createTaskStep: Action<'CREATE_TASK'> = async (ctx, config) => {
  const { title, description = null, dueInMinutes, priority, assignee } = config;
  const dueAt = dueInMinutes === undefined ? null : inMinutes(ctx.caller.now, dueInMinutes);
  const assigneeId = await assigneeOf(ctx, assignee);
  const task = { ...ctx.subject(), title, description, dueAt, priority, assigneeId };
  const { id } = await createTask(ctx.caller, task);
  return { recordType: 'task', recordId: id, assigneeId };
};

/** The note is its record's owner's: a workflow owns nothing. */
export const createNoteStep: Action<'CREATE_NOTE'> = async (ctx, { text }) => {
  const ownerId = ownerOf(await ctx.record());
  const { id } = await createNote(ctx.caller, { ...ctx.subject(), text, pinned: false, ownerId });
  return { recordType: 'note', recordId: id };
};

export const createDealStep: Action<'CREATE_DEAL'> = async (ctx, config) => {
  const { title, value, stage, assignee } = config;
  const subject = ctx.subject();
  const state = await ctx.record();
  const contactId = findContactOf(subject, state);
  const companyId =
    subject.recordType === 'company' ? subject.recordId : textOf(state, 'companyId');
  const { id } = await createDeal(ctx.caller, {
    ...{ title, value },
    ownerId: await assigneeOf(ctx, assignee),
    ...(stage === undefined ? {} : { stage }),
    ...(contactId === undefined ? {} : { contactIds: [contactId] }),
    ...(companyId === undefined ? {} : { companyId }),
  });
  return { recordType: 'deal', recordId: id };
};

export const createAppointmentStep: Action<'CREATE_APPOINTMENT'> = async (ctx, config) => {
  const { title, description = null, startsInMinutes, durationMinutes, assignee } = config;
  const subject = ctx.subject();
  const startTime = inMinutes(ctx.caller.now, startsInMinutes);
  const { appointment } = await createAppointment(ctx.caller, {
    ...{ title, notes: description, location: null },
    ...{ startTime, endTime: inMinutes(startTime, durationMinutes) },
    ownerId: await assigneeOf(ctx, assignee),
    contactId: await getContactOf(ctx),
    dealId: subject.recordType === 'deal' ? subject.recordId : null,
  });
  return { recordType: 'appointment', recordId: appointment.id };
};
