/** One signed POST to an address that somebody outside has chosen. */
export interface WebhookRequest {
  readonly url: string;
  /** Stays the same however often the message is sent. */
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  /** What it is signed with: one signature for each; none leaves it unsigned. */
  readonly secrets: readonly string[];
  /** What the owner of the endpoint wants to find beside ours. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of a request. */
export type WebhookOutcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The beginning of the answer's body, at most a kilobyte. */
      readonly excerpt: string;
      readonly latencyMs: number;
      /** What the answer's header Retry-After said. */
      readonly retryAfter: string | undefined;
    }
  | {
      readonly kind: 'failed';
      /** `refused`: the target may not be called; nothing was sent. */
      readonly reason: 'refused' | 'unresolved' | 'timeout' | 'connection';
      readonly message: string;
      readonly latencyMs: number;
    };

/** The door to the endpoints of others. */
export interface WebhookSender {
  /** Sends once, follows no redirect, and never throws for what the other side does. */
  send(request: WebhookRequest): Promise<WebhookOutcome>;
}
