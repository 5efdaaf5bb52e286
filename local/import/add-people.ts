import { loadPrincipal } from '../../functions/src/modules/users/users.public.ts';
import { startInvocation } from '../../functions/src/platform/runtime.ts';
import { addMember } from '../../functions/src/workflows/add-member.ts';
import type { Person } from './sales-opportunities.ts';

/** Adds people with accounts of their own, by the product's use case and with the Admin SDK. */
export function addPeopleAs(admin: {
  readonly orgId: string;
  readonly uid: string;
}): (person: Person) => Promise<void> {
  const ignore = () => undefined;
  const log = { info: ignore, warn: ignore, error: ignore };
  return async (person) => {
    const invocation = { ...startInvocation('import'), log };
    const principal = await loadPrincipal(invocation.store, admin);
    await addMember({ ...invocation, principal }, person);
  };
}
