import type { UnitOfWork } from '../../platform/unit-of-work.ts';
import { notificationId, notifications } from './notifications.repository.ts';
import { KEPT_MS, MAX_BODY, MAX_TITLE, type NotificationKind } from './notifications.schema.ts';

/** What somebody is to be told. */
export interface Notice {
  /** What tells its cause from all others, such as a run and its step. */
  readonly id: string;
  readonly uid: string;
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
  readonly recordType?: string | null;
  readonly recordId?: string | null;
  readonly eventId?: string | null;
  readonly at: Date;
}

/**
 * Puts something into somebody's inbox in the caller's commit, under an id that follows from person
 * and cause: a second one for the same cause makes the commit fail. What is too long is cut. One
 * billed write, no read; what the person wants to be told is for the caller to ask.
 */
export function notify(unit: UnitOfWork, notice: Notice): void {
  const { id, uid, kind, at, recordType = null, recordId = null, eventId = null } = notice;
  unit.create(notifications, notificationId(uid, id), {
    ...{ ownerId: uid, kind, title: asTitle(notice.title), body: asBody(notice.body) },
    ...{ recordType, recordId, eventId, at, readAt: null },
    expiresAt: new Date(at.getTime() + KEPT_MS),
  });
}

/** One line that is never empty, whatever values a text was put together from. */
export function asTitle(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
  return cut(line, MAX_TITLE) || 'Notification';
}

/** A text within its length. */
export function asBody(text: string): string {
  return cut(text.toWellFormed(), MAX_BODY);
}

function cut(text: string, maxLength: number): string {
  const characters = [...text];
  if (text.length <= maxLength) return text;
  let kept = '';
  for (const character of characters) {
    if (kept.length + character.length > maxLength - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
