import type { StripeState } from './stripe-api.ts';
import type { StripeDelivery } from './stripe-webhooks.ts';
import type { StripeRequest } from './stripe-wire.ts';

interface Shown extends StripeState {
  readonly requests: readonly StripeRequest[];
  readonly deliveries: readonly StripeDelivery[];
}

type Row = readonly unknown[];
const SHOWN = 50;

/** All that the fake knows and was sent, for a person to look at. */
export function pageOfStripe({ accounts, transfers, charges, events, ...sent }: Shown): string {
  const taken = new Map(sent.deliveries.map(({ eventId, status }) => [eventId, status]));
  return [
    '<!doctype html><meta charset="utf-8"><title>Stripe</title>',
    '<style>body{font:14px sans-serif;margin:2em}td,th{padding:2px 12px 2px 0;text-align:left}</style>',
    '<h1>Stripe, as Splitline sees it on this machine</h1><h2>A customer pays</h2>',
    '<form method="post" action="/pay">',
    ...['orgId', 'dealId', 'amount', 'currency'].map(
      (name) => `<label>${name} <input name="${name}" required></label> `,
    ),
    '<button>Pay</button></form>',
    table('Payments', ['charge', 'amount', 'refunded', 'deal', ''], charges, (charge) => [
      ...[charge.id, money(charge.amount, charge.currency)],
      ...[money(charge.amount_refunded, charge.currency), Object(charge.metadata).dealId],
      raw(`<form method="post" action="/refund/${charge.id}"><button>Refund</button></form>`),
    ]),
    table('Payees', ['account', 'country', 'transfers', 'whose'], accounts, (account) => [
      ...[account.id, account.country, Object(account.capabilities).transfers],
      JSON.stringify(account.metadata),
    ]),
    table('Transfers', ['transfer', 'amount', 'reversed', 'to', 'payout'], transfers, (each) => [
      ...[each.id, money(each.amount, each.currency), money(each.amount_reversed, each.currency)],
      ...[each.destination, each.transfer_group],
    ]),
    table('Events', ['event', 'type', 'last delivery'], events, ({ id, type }) => [
      ...[id, type, taken.get(id) ?? 'none'],
    ]),
    table('Requests', ['request', 'key', 'status'], sent.requests, (request) => [
      ...[`${request.method} ${request.path} ${request.body}`, request.idempotencyKey],
      request.status,
    ]),
  ].join('\n');
}

/** Where a payee tells Stripe who they are. */
export function setupPage(accountId: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Stripe onboarding</title>
<h1>Stripe asks you who you are</h1><p>Account ${escapeHtml(accountId)}. On this machine one button stands for all of it.</p>
<form method="post"><button>I am who I am, and here is my bank account</button></form>`;
}

const RAW = Symbol('raw');
const raw = (html: string) => ({ [RAW]: html });

function table<T>(
  title: string,
  heads: readonly string[],
  entries: readonly T[],
  rowOf: (entry: T) => Row,
): string {
  if (entries.length === 0) return `<h2>${title}</h2><p>None yet.</p>`;
  const cells = (row: Row) => row.map((cell) => `<td>${cellOf(cell)}</td>`).join('');
  const rows = entries
    .slice(-SHOWN)
    .toReversed()
    .map((entry) => `<tr>${cells(rowOf(entry))}</tr>`);
  const head = heads.map((each) => `<th>${each}</th>`).join('');
  return `<h2>${title}</h2><table><tr>${head}</tr>${rows.join('')}</table>`;
}

function cellOf(cell: unknown): string {
  if (typeof cell === 'object' && cell !== null && RAW in cell) return String(cell[RAW]);
  return escapeHtml(String(cell ?? ''));
}

/** In Stripe's smallest units, as the API has it. */
function money(amount: unknown, currency: unknown): string {
  return `${String(amount)} ${String(currency)}`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
