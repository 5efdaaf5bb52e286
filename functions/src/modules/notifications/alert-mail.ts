import { appUrl } from '../../platform/params.ts';
import { htmlMail } from './mail-html.ts';
import type { Alert, NotificationMail } from './notifications.schema.ts';

/** The mail that says what an alert says. */
export function alertMail({
  title,
  body,
}: Pick<Alert, 'title' | 'body'>): Pick<NotificationMail, 'subject' | 'text' | 'html'> {
  const url = appUrl();
  const footer = `You find it in Splitline: ${url}`;
  return {
    subject: title,
    text: [title, '', ...(body === '' ? [] : [body, '']), footer, ''].join('\n'),
    html: htmlMail({
      heading: title,
      sections: [{ lines: body === '' ? [] : body.split('\n') }],
      url,
    }),
  };
}
