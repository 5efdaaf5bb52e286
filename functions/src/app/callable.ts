import { type CallableRequest, HttpsError, onCall } from 'firebase-functions/v2/https';
import type { z } from 'zod';
import { loadPrincipal } from '../modules/users/users.public.ts';
import { identityOf } from '../platform/accounts.ts';
import type { Context } from '../platform/context.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { describeError } from '../platform/log.ts';
import { REGION } from '../platform/params.ts';
import type { Principal } from '../platform/principal.schema.ts';
import { startInvocation } from '../platform/runtime.ts';
import { parseInput } from '../platform/validation.ts';

type Handler<I> = (ctx: Context<Principal>, input: I) => Promise<unknown>;

/**
 * A command of the web client: verified sign-in, present membership, strict input, and refusals
 * as the SDK's errors with `details` naming our category, the field and the request.
 */
export function callable<I, O>(input: z.ZodType<I>, view: z.ZodType<O>, handler: Handler<I>) {
  return onCall(
    { region: REGION, memory: '512MiB', timeoutSeconds: 60, concurrency: 80, maxInstances: 100 },
    (request) => runCallable(request, input, view, handler),
  );
}

async function runCallable<I, O>(
  { auth, data }: CallableRequest<unknown>,
  input: z.ZodType<I>,
  view: z.ZodType<O>,
  handler: Handler<I>,
): Promise<O> {
  const requestId = newId();
  const invocation = startInvocation(requestId);
  try {
    if (auth === undefined) throw new AppError('unauthenticated', 'Sign in to do this');
    const principal = await loadPrincipal(invocation.store, identityOf(auth.uid, auth.token));
    return view.parse(await handler({ ...invocation, principal }, parseInput(input, data)));
  } catch (error) {
    const refusal = toAppError(error);
    if (refusal.code === 'internal') invocation.log.error(describeError(error), 'callable failed');
    const { callableCode, code, field, message } = refusal;
    throw new HttpsError(callableCode, message, { code, field: field ?? null, requestId });
  }
}
