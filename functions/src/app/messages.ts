import { onSchedule } from 'firebase-functions/v2/scheduler';
import type { MessagePorts } from '../modules/conversations/conversations.public.ts';
import { newId } from '../platform/ids.ts';
import { REGION, SMTP_PASSWORD, TWILIO_AUTH_TOKEN } from '../platform/params.ts';
import { startInvocation } from '../platform/runtime.ts';
import { messagePorts } from './message-ports.ts';

/**
 * Sends what no request has sent: what waited for the end of quiet hours, what is tried again, and
 * what a killed process left behind.
 */
export const sendMessages = onSchedule(
  {
    region: REGION,
    timeZone: 'Etc/UTC',
    memory: '512MiB',
    retryCount: 3,
    schedule: 'every 1 minutes',
    timeoutSeconds: 300,
    secrets: [TWILIO_AUTH_TOKEN, SMTP_PASSWORD],
  },
  async () => {
    const { driveMessages } = await import('../modules/conversations/conversations.public.ts');
    await driveMessages(startInvocation(newId()), messagePorts satisfies MessagePorts);
  },
);
