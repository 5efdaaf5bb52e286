/** One mail to one person, in plain text and, where it is given, as a page of HTML beside it. */
export interface Email {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** What is sent twice under one id is shown once by mail programs that know it. */
  readonly id: string;
}

/** The provider that sends mails. */
export interface EmailPort {
  /**
   * Resolves once the mail server has taken the mail over.
   * @throws EmailRefusedError when it never will; any other error may pass
   */
  send(email: Email): Promise<void>;
}

/** The mail server refuses this recipient or mail for good; sending it again is of no use. */
export class EmailRefusedError extends Error {
  constructor(message: string, options: { cause: unknown }) {
    super(message, options);
    this.name = 'EmailRefusedError';
  }
}
