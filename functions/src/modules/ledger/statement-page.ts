import { html, raw } from 'hono/html';
import { moneyText } from '../../platform/money-text.ts';
import type { AccountsView, Statement, StatementLine } from './balances.schema.ts';

type Markup = ReturnType<typeof html>;

/** What a statement's page says beside the statement. */
export interface PageHead {
  readonly orgName: string;
  readonly payeeName: string;
  readonly locale: string;
}

/** Holds nothing that could end its element. */
export const pageStyle = `
  body { font: 10pt/1.4 system-ui, sans-serif; margin: 2rem auto; max-inline-size: 60rem; padding-inline: 1rem; color: #111; background: #fff; }
  h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-block-start: 2rem; }
  table { border-collapse: collapse; inline-size: 100%; }
  th, td { text-align: start; vertical-align: top; padding: 0.3rem 0.5rem; border-block-end: 1px solid #ddd; overflow-wrap: anywhere; }
  .amount { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .balance { font-weight: 600; background: #f4f4f4; }
  .open { border: 1px solid #b45309; padding: 0.5rem; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  @media print { body { margin: 0; max-inline-size: none; } h2 { break-after: avoid; } }
  @page { margin: 15mm; }`;

/**
 * A statement as a page to print, without any script: amounts and times as people of the locale
 * write them, times where the organisation is. Every text is escaped, and isolated, so that one
 * that runs from right to left disturbs nothing beside it.
 */
export async function statementPage(statement: Statement, head: PageHead): Promise<string> {
  const { from, to, asOf, timeZone, final, currencies } = statement;
  const time = timeFormat(head.locale, timeZone);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Statement of earnings</title>
<style>${raw(pageStyle)}</style>
</head>
<body>
<h1>Statement of earnings</h1>
<p><strong><bdi>${head.payeeName}</bdi></strong><br><bdi>${head.orgName}</bdi></p>
<p>From <bdi>${time(from)}</bdi> until before <bdi>${time(to)}</bdi>, as of <bdi>${time(asOf)}</bdi>.<br>
All times are in the time zone <bdi>${timeZone}</bdi>.</p>
${final ? '' : html`<p class="open">Not final: entries of this time may still be posted.</p>`}
${currencies.length === 0 ? html`<p>Nothing has been earned yet.</p>` : ''}
${currencies.map(({ currency, opening, closing }) =>
  currencySection(statement, { currency, opening, closing }, head.locale),
)}
</body>
</html>
`;
  return String(await page);
}

function currencySection(
  { lines, timeZone }: Statement,
  { currency, opening, closing }: Statement['currencies'][number],
  locale: string,
): Markup {
  const money = (minor: number) => moneyText(minor, currency, locale);
  const time = timeFormat(locale, timeZone);
  const own = lines.filter((line) => line.currency === currency);
  return html`<h2>${currency}</h2>
<table>
<thead><tr><th scope="col">Date</th><th scope="col">What</th><th scope="col">Deal</th>
<th scope="col" class="amount">Earned</th><th scope="col" class="amount">Paid</th>
<th scope="col" class="amount">Owed after it</th></tr></thead>
<tbody>
${balanceRow('Opening balance', opening, money)}
${own.map((line) => lineRow(line, money, time))}
${balanceRow('Closing balance', closing, money)}
</tbody>
</table>
<p>Of what is owed in the end: pending <bdi>${money(closing.pendingMinor)}</bdi>,
held for disputes <bdi>${money(closing.heldMinor)}</bdi>,
approved <bdi>${money(closing.approvedMinor)}</bdi>,
on its way <bdi>${money(closing.inTransitMinor)}</bdi>.</p>
${
  closing.carryForwardMinor < 0
    ? html`<p>Later earnings first make up for <bdi>${money(closing.carryForwardMinor)}</bdi>.</p>`
    : ''
}`;
}

function balanceRow(
  text: string,
  { earnedMinor, paidMinor, owedMinor }: AccountsView,
  money: (minor: number) => string,
): Markup {
  return html`<tr class="balance"><td colspan="3">${text}</td>
${[earnedMinor, paidMinor, owedMinor].map((minor) => amountCell(money(minor)))}</tr>`;
}

function lineRow(
  line: StatementLine,
  money: (minor: number) => string,
  time: (iso: string) => string,
): Markup {
  const moved = moves(line, money);
  return html`<tr><td><bdi>${time(line.postedAt)}</bdi></td>
<td>${line.description}${moved === '' ? '' : html`<br><small>${moved}</small>`}
${line.note === null ? '' : html`<br><small dir="auto">${line.note}</small>`}</td>
<td dir="auto">${line.dealTitle ?? line.dealId ?? ''}</td>
${[line.earnedMinor, line.paidMinor, line.owedMinor].map((minor) => amountCell(money(minor)))}</tr>`;
}

/** What moved between the accounts without being earned or paid. */
function moves(line: StatementLine, money: (minor: number) => string): string {
  if (line.earnedMinor !== 0 || line.paidMinor !== 0) return '';
  const accounts = [
    ['pending', line.pendingMinor],
    ['held', line.heldMinor],
    ['approved', line.approvedMinor],
    ['on its way', line.inTransitMinor],
  ] as const;
  return accounts
    .filter(([, minor]) => minor !== 0)
    .map(([name, minor]) => `${name} ${money(minor)}`)
    .join(', ');
}

function amountCell(text: string): Markup {
  return html`<td class="amount"><bdi>${text}</bdi></td>`;
}

function timeFormat(locale: string, timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat(locale, {
    ...{ dateStyle: 'medium', timeStyle: 'short', timeZone },
  });
  return (iso) => format.format(new Date(iso));
}
