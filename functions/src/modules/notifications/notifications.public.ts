export { type DigestContent, digestMail } from './digest-mail.ts';
export { digestDay, nextDigestAt } from './digest-times.ts';
export {
  handOutAlert,
  type NewAlert,
  raiseAlert,
  sweepAlerts,
  writeAlerts,
} from './hand-out-alerts.ts';
export {
  notificationMails,
  notificationSettings,
  notifications,
} from './notifications.repository.ts';
export { audienceOfNotification } from './notifications.service.ts';
export { notify } from './notify.ts';
export { sendNotificationMails } from './send-mails.ts';
