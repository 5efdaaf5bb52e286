import { startTwilioFake } from '../../test/fakes/twilio.ts';

/** Twilio for a machine without an account there. */
export interface LocalTwilio {
  /** Where a person sees what was sent, and writes as a contact would. */
  readonly url: string;
  /** The parameters by which functions reach it. */
  readonly params: Readonly<Record<string, string>>;
}

/** Starts a Twilio on a free port that reports and delivers to the platform; it ends with the process. */
export async function startTwilio(hostingUrl: string): Promise<LocalTwilio> {
  const { url } = await startTwilioFake({
    ...{ port: 0, reports: true },
    inboundUrl: `${hostingUrl}/api/twilio/sms-webhook`,
  });
  return { url, params: { TWILIO_API_URL: url } };
}
