/** A text that Twilio is asked to send. Addresses are `+15551234567`, or `whatsapp:+15551234567`. */
export interface NewTwilioMessage {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** Where Twilio reports what becomes of it; the whole address is under its signature. */
  readonly statusCallback: string;
}

/** A text as Twilio knows it. */
export interface TwilioMessage {
  readonly sid: string;
  /** In Twilio's words, such as `queued` or `delivered`. */
  readonly status: string;
  readonly body: string;
  readonly createdAt: Date;
  readonly errorCode: number | null;
}

/** A phone number of the account. */
export interface TwilioNumber {
  readonly sid: string;
  readonly phoneNumber: string;
  readonly friendlyName: string;
}

/**
 * Twilio's messaging. Every call may end in a `TwilioPermanentError`, when trying the same again is
 * of no use; in a `TwilioTransientError`, when nothing was sent; or in a `TwilioUnknownError`, after
 * which nobody knows whether it took effect: then look before sending again.
 */
export interface TwilioPort {
  /** Hands one text over. Twilio has no idempotency keys: repeated, it is sent twice. */
  sendMessage(message: NewTwilioMessage): Promise<TwilioMessage>;
  /** The latest texts from one number to another that were made since then, the earliest first. */
  findMessages(query: {
    readonly from: string;
    readonly to: string;
    readonly since: Date;
  }): Promise<readonly TwilioMessage[]>;
  /** The account's number, or undefined when the account does not have it. */
  findNumber(phoneNumber: string): Promise<TwilioNumber | undefined>;
}

class TwilioError extends Error {
  /** Twilio's code, such as 21610, or what kept it from answering. */
  readonly code: string;

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Twilio refuses this request for good. */
export class TwilioPermanentError extends TwilioError {}
/** Twilio was not reached, was busy or did not let us in: nothing was sent. */
export class TwilioTransientError extends TwilioError {}
/** Twilio did not answer: the request may have taken effect. */
export class TwilioUnknownError extends TwilioError {}
