/**
 * The closed list of error categories with the HTTP status and callable code of each.
 * `malformed` is a body that is not JSON or lacks its shape; `invalid-argument` is well-formed
 * input that breaks a rule.
 */
const errorCategories = {
  malformed: { status: 400, callable: 'invalid-argument' },
  unauthenticated: { status: 401, callable: 'unauthenticated' },
  'payment-required': { status: 402, callable: 'failed-precondition' },
  'permission-denied': { status: 403, callable: 'permission-denied' },
  'not-found': { status: 404, callable: 'not-found' },
  'already-exists': { status: 409, callable: 'already-exists' },
  conflict: { status: 409, callable: 'aborted' },
  'payload-too-large': { status: 413, callable: 'invalid-argument' },
  'unsupported-media-type': { status: 415, callable: 'invalid-argument' },
  'invalid-argument': { status: 422, callable: 'invalid-argument' },
  'failed-precondition': { status: 422, callable: 'failed-precondition' },
  'resource-exhausted': { status: 429, callable: 'resource-exhausted' },
  internal: { status: 500, callable: 'internal' },
  unavailable: { status: 503, callable: 'unavailable' },
  'deadline-exceeded': { status: 504, callable: 'deadline-exceeded' },
} as const;

export type ErrorCode = keyof typeof errorCategories;
export type ErrorStatus = (typeof errorCategories)[ErrorCode]['status'];
export type CallableCode = (typeof errorCategories)[ErrorCode]['callable'];

/** A rejection meant for people: a category, a message that says what to do, and the field at fault. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: { field?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = options.field;
  }

  get status(): ErrorStatus {
    return errorCategories[this.code].status;
  }

  get callableCode(): CallableCode {
    return errorCategories[this.code].callable;
  }
}

/**
 * A missing record and one the caller may not see answer with this same error, so that an id
 * cannot be probed. `record` is a collection's label or a record type: both give the same words.
 */
export function notFound(record: string, id: string): AppError {
  const words = record.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return new AppError(
    'not-found',
    `${words.charAt(0).toUpperCase()}${words.slice(1)} with ID '${id}' does not exist or is not visible to you`,
  );
}

/** Turns anything thrown into an AppError; the text of unknown errors stays out of the answer. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', 'Something went wrong on our side; try again', { cause: error });
}

/** Runs `work` on a part of the input; a refusal that names one of its fields names the way to it. */
export async function withinField<T>(part: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.field === undefined) throw error;
    const field = `${part}.${error.field}`;
    const problem = error.message.startsWith(`${error.field}: `)
      ? error.message.slice(error.field.length + 2)
      : error.message;
    throw new AppError(error.code, `${field}: ${problem}`, { field, cause: error });
  }
}
