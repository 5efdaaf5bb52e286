import type Stripe from 'stripe';

/** The name of an event, such as `charge.refunded`. */
export type StripeEventType = Stripe.Event['type'];

/** The account that a payee is paid on. */
export interface StripeAccount {
  readonly id: string;
  /** True once Stripe lets us transfer money to it. */
  readonly transfersEnabled: boolean;
  /** True once Stripe pays its balance out to a bank. */
  readonly payoutsEnabled: boolean;
  readonly detailsSubmitted: boolean;
  /** Why Stripe holds it back, in Stripe's words. */
  readonly disabledReason: string | null;
  /** What Stripe still wants to know of the payee. */
  readonly currentlyDue: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Whose account it is. The same payee in the same country always gets the same account. */
export interface NewStripeAccount {
  readonly orgId: string;
  readonly uid: string;
  /** ISO 3166 code of two letters; Stripe never lets it change. */
  readonly country: string;
}

/** Where the payee goes to tell Stripe who they are. */
export interface StripeOnboarding {
  readonly accountId: string;
  /** Opened when the link has expired; it should make another one. */
  readonly refreshUrl: string;
  readonly returnUrl: string;
}

/** Money that has moved from the platform's balance to a payee's account. */
export interface StripeTransfer {
  readonly id: string;
  readonly payoutId: string | null;
  /** In minor units of `currency`, as ISO 4217 has them. */
  readonly amountMinor: number;
  readonly reversedMinor: number;
  readonly currency: string;
  readonly destination: string | null;
  readonly createdAt: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface NewStripeTransfer {
  readonly payoutId: string;
  readonly orgId: string;
  readonly uid: string;
  /** In minor units of `currency`, as ISO 4217 has them. */
  readonly amountMinor: number;
  readonly currency: string;
  /** The payee's account. */
  readonly destination: string;
  /**
   * 1 at first. Stripe answers a repeated attempt with the outcome of the first, errors included; so
   * only after a permanent error, and after `findTransferByPayout` found none, is there another one.
   */
  readonly attempt: number;
}

export interface NewStripeReversal {
  readonly transferId: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** Names this reversal among those of the transfer; repeated with the same one, it is done once. */
  readonly reversalId: string;
}

export interface StripeReversal {
  readonly id: string;
  readonly transferId: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** What paid an invoice, in minor units as ISO 4217 has them. */
export interface StripeInvoicePayment {
  readonly paymentIntentId: string;
  readonly amountMinor: number;
  readonly currency: string;
}

/** An event as it is stored: of its object no more than what handlers look at. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly createdAt: Date;
  /** The connected account it happened on; null for the platform's own. */
  readonly account: string | null;
  readonly livemode: boolean;
  readonly object: Readonly<Record<string, unknown>>;
}

/**
 * Stripe Connect. Every call may end in a `StripePermanentError`, when trying the same again is of
 * no use, or in a `StripeTransientError`, after which nobody knows whether it took effect: repeat it.
 */
export interface StripePort {
  createAccount(account: NewStripeAccount): Promise<StripeAccount>;
  retrieveAccount(accountId: string): Promise<StripeAccount>;
  /** A link that works once and for a few minutes; never store or mail it. */
  accountLink(onboarding: StripeOnboarding): Promise<{ readonly url: string; expiresAt: Date }>;
  createTransfer(transfer: NewStripeTransfer): Promise<StripeTransfer>;
  /** The transfer that was made for a payout, if there is one. */
  findTransferByPayout(payoutId: string): Promise<StripeTransfer | undefined>;
  /** Takes back part of a transfer, or all of it. */
  reverseTransfer(reversal: NewStripeReversal): Promise<StripeReversal>;
  /** What paid an invoice, which the invoice itself does not tell. */
  invoicePayments(invoiceId: string): Promise<readonly StripeInvoicePayment[]>;
  /** The events since then, newest first; Stripe keeps them for 30 days. At most 20 types. */
  listEvents(query: {
    readonly since: Date;
    readonly types: readonly StripeEventType[];
    /** Those of one connected account instead of the platform's own. */
    readonly account?: string;
  }): AsyncIterable<StripeEvent>;
  /** The transfers made since then, newest first. */
  listTransfers(query: { readonly since: Date }): AsyncIterable<StripeTransfer>;
}

/** Stripe refuses this request for good, or the money is not there: the same again is of no use. */
export class StripePermanentError extends Error {
  /** Stripe's code, such as `balance_insufficient`. */
  readonly code: string;

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StripePermanentError';
    this.code = code;
  }
}

/** Stripe did not answer, was busy, or failed: the request may have taken effect. Repeat it. */
export class StripeTransientError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StripeTransientError';
    this.code = code;
  }
}
