import pMap from 'p-map';
import { findDue } from '../../platform/due-documents.ts';
import { describeError } from '../../platform/log.ts';
import { runUnitOfWork } from '../../platform/run-unit-of-work.ts';
import type { Invocation } from '../../platform/runtime.ts';
import type { Task } from '../../platform/tasks.ts';
import { openUnit, type UnitOfWork } from '../../platform/unit-of-work.ts';
import { alertMail } from './alert-mail.ts';
import { alertsOf, type Telling } from './alerts.ts';
import {
  alerts,
  findRecipients,
  notificationId,
  notificationMails,
  notificationSettings,
} from './notifications.repository.ts';
import type { Alert, NotificationKind } from './notifications.schema.ts';
import { asBody, asTitle, notify } from './notify.ts';

type Work = Pick<Invocation, 'store' | 'now' | 'log'>;

/** Tasks normally run within seconds; after that the sweep hands the alert out. */
const LEFT_TO_TASK_MS = 2 * 60 * 1000;
const SWEEP_LIMIT = 200;
const CONCURRENCY = 8;
const FIRST_PAUSE_MS = 60 * 1000;
const MAX_ATTEMPTS = 10;

/**
 * Leaves the alerts of an event to be handed out, in the event's commit. Billed: one write for each,
 * and nothing for an event that alerts nobody.
 * @returns the tasks to ask for once it is committed
 */
export function writeAlerts(unit: UnitOfWork, telling: Telling, now: Date): Task[] {
  return alertsOf(telling).map((alert) =>
    store(unit, `${telling.eventId}_${alert.kind}`, alert, now),
  );
}

/** An alert of something that is no event of a record. */
export interface NewAlert {
  /** What tells its occasion from all others. */
  readonly id: string;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
  readonly recordType?: string | null;
  readonly recordId?: string | null;
  readonly uids?: readonly string[];
  /** True when all administrators are told. */
  readonly admins?: boolean;
  readonly at: Date;
}

/**
 * Leaves an alert to be handed out, in the caller's commit; a second one under the same id makes the
 * commit fail. One billed write, no read.
 * @returns the task to ask for once it is committed
 */
export function raiseAlert(unit: UnitOfWork, alert: NewAlert, now: Date): Task {
  const { id, uids = [], admins = false, recordType = null, recordId = null, ...what } = alert;
  const whom = { uids: [...uids], managersOf: null, admins, except: null };
  return store(unit, id, { ...what, recordType, recordId, eventId: null, ...whom }, now);
}

function store(
  unit: UnitOfWork,
  id: string,
  alert: Omit<Alert, 'nextSendAt' | 'attempts'>,
  now: Date,
): Task {
  unit.create(alerts, id, {
    ...{ ...alert, title: asTitle(alert.title), body: asBody(alert.body) },
    ...{ nextSendAt: new Date(now.getTime() + LEFT_TO_TASK_MS), attempts: 0 },
  });
  return { queue: 'handOutAlert', id, payload: { orgId: unit.orgId, alertId: id } };
}

/**
 * Turns one alert into the notifications and mails of those who want them, in the commit that
 * removes it: handed out again, or beside itself, it does nothing more. Billed: the alert, its
 * recipients that have to be looked up, and the settings of each; one write for each notification
 * and mail, and the removal.
 */
export async function handOutAlert(
  { store, now }: Pick<Work, 'store' | 'now'>,
  orgId: string,
  alertId: string,
): Promise<void> {
  await runUnitOfWork({ store, now }, orgId, async (unit) => {
    const alert = await unit.find(alerts, alertId);
    if (alert === undefined) return;
    const uids = await findRecipients(unit, alert);
    const settings = await unit.findMany(notificationSettings, uids);
    for (const uid of uids) {
      const { muted = [], mailed = [] } = settings.get(uid) ?? {};
      if (!muted.includes(alert.kind)) notify(unit, { ...alert, id: alertId, uid });
      if (mailed.includes(alert.kind)) {
        const id = notificationId(uid, alertId);
        unit.create(notificationMails, id, {
          uid,
          ...alertMail(alert),
          nextSendAt: now,
          attempts: 0,
        });
      }
    }
    unit.remove(alerts, alert);
  });
}

/** Hands out the alerts that a lost task left behind. @returns how many were due */
export async function sweepAlerts(ctx: Work): Promise<number> {
  const due = await findDue(ctx.store, 'alerts', ctx.now, SWEEP_LIMIT);
  await pMap(
    due,
    async ({ orgId, id }) => {
      try {
        await handOutAlert(ctx, orgId, id);
      } catch (error) {
        ctx.log.error({ orgId, alertId: id, ...describeError(error) }, 'alert not handed out');
        await postpone(ctx, orgId, id);
      }
    },
    { concurrency: CONCURRENCY },
  );
  return due.length;
}

/** One that fails must not keep the others; in the end it is given up. */
async function postpone({ store, now, log }: Work, orgId: string, id: string): Promise<void> {
  const unit = openUnit({ store }, orgId);
  try {
    const alert = await unit.find(alerts, id);
    if (alert === undefined) return;
    const attempts = alert.attempts + 1;
    if (attempts >= MAX_ATTEMPTS) unit.remove(alerts, alert);
    const nextSendAt = new Date(now.getTime() + FIRST_PAUSE_MS * 2 ** attempts);
    if (attempts < MAX_ATTEMPTS) unit.update(alerts, alert, { attempts, nextSendAt });
    await unit.commit();
  } catch (error) {
    log.error({ orgId, alertId: id, ...describeError(error) }, 'alert not postponed');
  }
}
