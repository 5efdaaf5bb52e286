import { onDocumentWritten } from 'firebase-functions/v2/firestore';
import { REGION } from '../../platform/params.ts';
import type { RecordFields } from '../../platform/records.ts';
import { type Invocation, startInvocation } from '../../platform/runtime.ts';
import { type RecordedChange, type RecordKind, recordChange } from './record-changes.ts';

/**
 * The trigger that records every change of one kind of record, whoever made it. Delivered at least
 * once and in any order; failures are retried for a day, and the sweep finds what is lost after that.
 * `follow` then keeps up to date what derives from the record; it too may run again and in any order.
 */
export function recordTrigger<T extends RecordFields>(
  kind: RecordKind<T>,
  follow?: (ctx: Invocation, change: RecordedChange<T>) => Promise<void>,
) {
  const document: string = `${kind.collection.path('{orgId}')}/{recordId}`;
  return onDocumentWritten(
    {
      document,
      region: REGION,
      retry: true,
      memory: '256MiB',
      timeoutSeconds: 60,
      maxInstances: 50,
      concurrency: 80,
    },
    async ({ id, params, data }) => {
      const ctx = startInvocation(id);
      const change = await recordChange(ctx, kind, {
        orgId: params.orgId ?? '',
        recordId: params.recordId ?? '',
        before: data?.before.data(),
        after: data?.after.data(),
      });
      if (change !== undefined && follow !== undefined) await follow(ctx, change);
    },
  );
}
