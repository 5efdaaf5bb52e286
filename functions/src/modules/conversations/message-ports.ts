import type { EmailPort } from '../../integrations/email/email.port.ts';
import type { TwilioPort } from '../../integrations/twilio/twilio.port.ts';
import type { Channel } from './conversations.schema.ts';

/** The providers that messages are sent with. */
export interface MessagePorts {
  readonly twilio: Pick<TwilioPort, 'sendMessage' | 'findMessages'>;
  readonly email: EmailPort;
  /** Refuses a channel that this deployment is not set up for. @throws AppError unavailable */
  requireReady(channel: Channel): void;
}
