import { Webhook } from 'standardwebhooks';
import type { WebhookRequest } from './webhook.port.ts';

/** The headers of Standard Webhooks, with one signature for each secret that is valid. */
export function webhookHeaders({
  id,
  at,
  body,
  secrets,
  headers,
}: WebhookRequest): Record<string, string> {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, at, body));
  return {
    'user-agent': 'Splitline-Webhooks/1.0',
    ...headers,
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
  };
}
