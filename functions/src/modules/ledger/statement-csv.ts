import { DateTime } from 'luxon';
import { type CsvCell, csvFile } from '../../platform/csv-text.ts';
import { decimalOf } from '../../platform/money-text.ts';
import type { AccountsView, Statement } from './balances.schema.ts';

const moved = [
  'earnedMinor',
  'pendingMinor',
  'heldMinor',
  'approvedMinor',
  'inTransitMinor',
  'paidMinor',
  'owedMinor',
] as const;

/** A statement as a CSV file: amounts in major units, times where the organisation is. */
export function statementCsv({ currencies, lines, from, to, timeZone }: Statement): string {
  const titles = ['Earned', 'Pending', 'Held', 'Approved', 'In transit', 'Paid', 'Owed'];
  const head = [`Time (${timeZone})`, 'Currency', 'Description', 'Deal', 'Note', ...titles];
  const balance = (text: string, at: string) => (currency: string, accounts: AccountsView) => [
    ...[timeIn(at, timeZone), currency, text, '', ''],
    ...moved.map((account) => amount(accounts[account], currency)),
    '',
  ];
  const opening = balance('Opening balance', from);
  const closing = balance('Closing balance', to);
  return csvFile([
    [...head, 'Entry'],
    ...currencies.map((each) => opening(each.currency, each.opening)),
    ...lines.map((line) => [
      ...[timeIn(line.postedAt, timeZone), line.currency, line.description],
      ...[line.dealTitle ?? line.dealId ?? '', line.note ?? ''],
      ...moved.map((account) => amount(line[account], line.currency)),
      line.entryId,
    ]),
    ...currencies.map((each) => closing(each.currency, each.closing)),
  ]);
}

function amount(minor: number, currency: string): CsvCell {
  return { number: decimalOf(minor, currency) };
}

function timeIn(iso: string, zone: string): string {
  return DateTime.fromISO(iso, { zone }).toFormat('yyyy-MM-dd HH:mm:ss ZZ');
}
