import type { StripeObject } from './stripe-objects.ts';
import { bodyOf, stripeSignature } from './stripe-wire.ts';

/** An attempt to deliver an event; status 0 when nobody answered. */
export interface StripeDelivery {
  readonly eventId: string;
  readonly type: string;
  readonly status: number;
}

/** Stripe goes on for days; here it must be over before somebody wonders. */
const PAUSES_MS = [0, 1000, 5000, 20_000];
const TIMEOUT_MS = 20_000;

/** Delivers events, signed, until they are taken. */
export class StripeWebhooks {
  readonly deliveries: StripeDelivery[] = [];
  readonly #url: string | undefined;
  readonly #secret: string;
  readonly #timers = new Set<NodeJS.Timeout>();
  #isStopped = false;

  constructor(url: string | undefined, secret: string) {
    this.#url = url;
    this.#secret = secret;
  }

  send(event: StripeObject, attempt = 0): void {
    const pauseMs = PAUSES_MS[attempt];
    if (this.#url === undefined || pauseMs === undefined || this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#deliver(event).then((isTaken) => {
        if (!isTaken) this.send(event, attempt + 1);
      });
    }, pauseMs);
    this.#timers.add(timer);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #deliver(event: StripeObject): Promise<boolean> {
    const status = await this.#post(bodyOf(event));
    this.deliveries.push({ eventId: event.id, type: String(event.type), status });
    return status >= 200 && status < 300;
  }

  async #post(body: string): Promise<number> {
    try {
      const response = await fetch(this.#url ?? '', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Stripe-Signature': stripeSignature(body, this.#secret),
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return response.status;
    } catch {
      return 0;
    }
  }
}
