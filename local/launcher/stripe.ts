import { startStripeFake } from '../../test/fakes/stripe.ts';

/** Stripe for a machine without an account there. */
export interface LocalStripe {
  /** Where a person sees what was sent, and pays as a customer would. */
  readonly url: string;
  /** The parameters by which functions reach it. */
  readonly params: Readonly<Record<string, string>>;
}

/** Starts a Stripe on a free port that delivers its events to the platform; it ends with the process. */
export async function startStripe(dir: string, hostingUrl: string): Promise<LocalStripe> {
  const { url } = await startStripeFake({
    ...{ port: 0, dir },
    webhookUrl: `${hostingUrl}/webhooks/stripe`,
  });
  return { url, params: { STRIPE_API_URL: url } };
}
