import { whenServed } from './platform/when-served.ts';

export { api } from './app/api.ts';

export const {
  bulkUpdateDeals,
  completeTask,
  convertLead,
  createAppointment,
  createCompany,
  createContact,
  createDeal,
  createLead,
  createNote,
  createStage,
  createTask,
  deleteDeal,
  deleteStage,
  logActivity,
  moveDealStage,
  reorderStages,
  restoreDeal,
  updateAppointment,
  updateCompany,
  updateContact,
  updateDeal,
  updateLead,
  updateStage,
} = await whenServed(
  () => import('./app/callables.ts'),
  'bulkUpdateDeals',
  'completeTask',
  'convertLead',
  'createAppointment',
  'createCompany',
  'createContact',
  'createDeal',
  'createLead',
  'createNote',
  'createStage',
  'createTask',
  'deleteDeal',
  'deleteStage',
  'logActivity',
  'moveDealStage',
  'reorderStages',
  'restoreDeal',
  'updateAppointment',
  'updateCompany',
  'updateContact',
  'updateDeal',
  'updateLead',
  'updateStage',
);

export const { recordEvent } = await whenServed(
  () => import('./app/record-triggers.ts'),
  'recordEvent',
);

export const {
  driveJobs,
  emptyBin,
  finishStages,
  rollUpFigures,
  sendInvitations,
  sendNotices,
  sweep,
} = await whenServed(
  () => import('./app/schedules.ts'),
  'driveJobs',
  'emptyBin',
  'finishStages',
  'rollUpFigures',
  'sendInvitations',
  'sendNotices',
  'sweep',
);

export const { deliverWebhook, driveDeliveries } = await whenServed(
  () => import('./app/deliveries.ts'),
  'deliverWebhook',
  'driveDeliveries',
);

export const { handOutAlert, sendNotifications } = await whenServed(
  () => import('./app/notifications.ts'),
  'handOutAlert',
  'sendNotifications',
);

export const { driveRuns, runWorkflow, startRuns } = await whenServed(
  () => import('./app/automations.ts'),
  'driveRuns',
  'runWorkflow',
  'startRuns',
);

export const { runJob } = await whenServed(() => import('./app/tasks.ts'), 'runJob');

export const { driveInbox, processInbox, reconcileStripe, sendPayouts } = await whenServed(
  () => import('./app/inbox.ts'),
  'driveInbox',
  'processInbox',
  'reconcileStripe',
  'sendPayouts',
);

export const { sendMessages } = await whenServed(() => import('./app/messages.ts'), 'sendMessages');
