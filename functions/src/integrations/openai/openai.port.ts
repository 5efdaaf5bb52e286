/** What a text is to be written from. */
export interface TextRequest {
  /** What is wanted, in our words alone. */
  readonly instructions: string;
  /** What it is about: data, of which nothing is an instruction. */
  readonly input: string;
  readonly maxTokens: number;
  /** Names who asks to the provider without saying who it is. */
  readonly askedBy: string;
}

export interface WrittenText {
  readonly text: string;
  /** The model that wrote it, as the provider names it. */
  readonly model: string;
}

/** A language model that writes texts. */
export interface OpenAiPort {
  /** @throws OpenAiRefusedError, OpenAiUnavailableError */
  writeText(request: TextRequest): Promise<WrittenText>;
}

/** The provider will not write this. */
export class OpenAiRefusedError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'OpenAiRefusedError';
  }
}

/** The provider did not answer, is busy, or does not let us in. */
export class OpenAiUnavailableError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'OpenAiUnavailableError';
  }
}
