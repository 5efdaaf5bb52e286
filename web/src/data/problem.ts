/** A failure in words for the person at the screen; `field` names the input at fault when there is one. */
export interface Problem {
  readonly message: string;
  readonly field?: string;
}

const UNREACHABLE = 'Splitline could not be reached. Check your connection and try again.';
const UNEXPECTED = 'Something went wrong. Try again; if it stays, reload the page.';
const WRONG_CREDENTIALS = 'The e-mail address or the password is wrong. Check both and try again.';
const NOT_ALLOWED = 'Your role does not allow this. Ask an administrator of your organisation.';

/** Codes of the Firebase SDKs whose own messages are not meant for people. */
const messages: Readonly<Record<string, string>> = {
  'auth/invalid-credential': WRONG_CREDENTIALS,
  'auth/user-not-found': WRONG_CREDENTIALS,
  'auth/wrong-password': WRONG_CREDENTIALS,
  'auth/invalid-email': 'This is not an e-mail address. Write it like name@example.com.',
  'auth/user-disabled': 'This account is disabled. Ask an administrator of your organisation.',
  'auth/too-many-requests': 'Too many attempts. Wait a few minutes, then try again.',
  'auth/network-request-failed': UNREACHABLE,
  'functions/internal': UNREACHABLE,
  'functions/unavailable': UNREACHABLE,
  'functions/deadline-exceeded': UNREACHABLE,
  'functions/unauthenticated': 'Your sign-in has ended. Sign out and in again.',
  'permission-denied': NOT_ALLOWED,
  unavailable: UNREACHABLE,
  unauthenticated: 'Your sign-in has ended. Sign out and in again.',
};

/** Turns anything thrown into words. The messages of our own commands are kept: they say what to do. */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof Error)) return { message: UNEXPECTED };
  const field = fieldOf(error);
  if (isFromCommand(error)) return problemAt(error.message, field);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof TypeError && code === '') return { message: UNREACHABLE };
  return { message: messages[code] ?? UNEXPECTED };
}

/** The server names the field in front of its message; beside the field that would be said twice. */
export function problemAt(message: string, field: string | undefined): Problem {
  if (field === undefined) return { message };
  const prefix = `${field}: `;
  const text = message.startsWith(prefix) ? message.slice(prefix.length) : message;
  return { message: text.charAt(0).toUpperCase() + text.slice(1), field };
}

/** Our callables send their category and the field along; the SDK's own failures carry no details. */
function isFromCommand(error: Error): boolean {
  return detailsOf(error) !== undefined;
}

function fieldOf(error: Error): string | undefined {
  const details = detailsOf(error);
  return details !== undefined && 'field' in details && typeof details.field === 'string'
    ? details.field
    : undefined;
}

function detailsOf(error: Error): object | undefined {
  return 'details' in error && typeof error.details === 'object' && error.details !== null
    ? error.details
    : undefined;
}
