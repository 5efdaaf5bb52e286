import type { NotificationView, User } from '@splitline/functions/contracts';

type Subject = Pick<NotificationView, 'kind' | 'recordType' | 'recordId'>;

/** Records that have an address of their own, by the page they are on. */
const pageOf: Readonly<Record<string, string>> = {
  deal: '/deals',
  contact: '/contacts',
  company: '/companies',
  lead: '/leads',
  conversation: '/inbox',
  subscription: '/subscriptions',
  run: '/workflows/runs',
};

/** Where the person finds what a notification is about; undefined when no address is known. */
export function destinationOf(
  { kind, recordType, recordId }: Subject,
  role: User['role'],
): string | undefined {
  if (recordType === null || recordId === null) return undefined;
  const page = Object.hasOwn(pageOf, recordType) ? pageOf[recordType] : undefined;
  if (page !== undefined) return `${page}/${encodeURIComponent(recordId)}`;
  switch (recordType) {
    case 'dispute':
      // One's own is with the earnings it is about; the queue is for those who look after others.
      return role === 'rep' || kind === 'dispute_resolved' ? '/earnings' : '/disputes';
    case 'user':
      return role === 'admin' ? '/settings/users' : undefined;
    case 'payout':
      return role === 'admin' ? '/payouts' : '/earnings';
    default:
      return undefined;
  }
}
