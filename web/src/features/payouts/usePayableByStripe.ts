import { useCallback } from 'react';
import { z } from 'zod';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';

const payeesSchema = z.object({
  payees: z.array(z.object({ payeeId: z.string(), state: z.string() })),
  nextCursor: z.string().nullable(),
});

/** The states in which Stripe takes money for somebody. */
const PAYABLE: readonly string[] = ['ready', 'bank_missing', 'bank_refused'];
const NOBODY: ReadonlySet<string> = new Set();

/** Who can be paid by Stripe; nobody until that is known. */
export function usePayableByStripe(rest: Rest): ReadonlySet<string> {
  const payable = useLoad(useCallback(() => loadPayable(rest), [rest]));
  return payable.status === 'ready' ? payable.value : NOBODY;
}

async function loadPayable(rest: Rest): Promise<ReadonlySet<string>> {
  const payable = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await rest.get('/api/payees', payeesSchema, { cursor, limit: '100' });
    for (const { payeeId, state } of page.payees) if (PAYABLE.includes(state)) payable.add(payeeId);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return payable;
}
