import { moneyText } from '../../platform/money-text.ts';
import { htmlMail } from './mail-html.ts';
import type { NotificationMail } from './notifications.schema.ts';

/** A deal as a digest names it. */
export interface DigestDeal {
  readonly title: string;
  readonly valueMinor: number;
  readonly currency: string;
  readonly owner: string;
}

/** A dispute as a digest names it. */
export interface DigestDispute {
  readonly payee: string;
  readonly contestedMinor: number;
  readonly currency: string;
  /** How it ended; undefined while it is open. */
  readonly outcome?: string;
}

/** The first of each kind, and whether there are more. */
interface Some<T> {
  readonly shown: readonly T[];
  readonly more: boolean;
}

/** What happened on somebody's team, or with their own deals, since the last digest. */
export interface DigestContent {
  readonly won: Some<DigestDeal>;
  readonly lost: Some<DigestDeal>;
  readonly created: Some<DigestDeal>;
  readonly stalled: Some<DigestDeal>;
  readonly opened: Some<DigestDispute>;
  readonly resolved: Some<DigestDispute>;
}

interface Section {
  readonly title: string;
  readonly lines: string[];
}

/** The mail that tells it; undefined when nothing has happened. `period` is such as 2026-03-29. */
export function digestMail(
  content: DigestContent,
  { name, period, appUrl }: { name: string; period: string; appUrl: string },
): Pick<NotificationMail, 'subject' | 'text' | 'html'> | undefined {
  const sections = [
    section('Won', content.won, dealLine),
    section('Lost', content.lost, dealLine),
    section('New', content.created, dealLine),
    section('Without a change for 14 days', content.stalled, dealLine),
    section('Disputes opened', content.opened, disputeLine),
    section('Disputes over', content.resolved, disputeLine),
  ].flatMap((each) => each ?? []);
  if (sections.length === 0) return undefined;
  const subject = `Your digest of ${period}`;
  const blocks = sections.flatMap(({ title, lines }) => [
    title,
    ...lines.map((line) => `- ${line}`),
    '',
  ]);
  return {
    subject,
    text: [`Hello ${name},`, '', ...blocks, `Splitline: ${appUrl}`, ''].join('\n'),
    html: htmlMail({ heading: subject, sections, url: appUrl }),
  };
}

function section<T>(
  title: string,
  { shown, more }: Some<T>,
  lineOf: (one: T) => string,
): Section | undefined {
  if (shown.length === 0) return undefined;
  const count = `${shown.length}${more ? ' of more' : ''}`;
  return { title: `${title} (${count})`, lines: shown.map(lineOf) };
}

function dealLine({ title, valueMinor, currency, owner }: DigestDeal): string {
  return `${title}, ${moneyText(valueMinor, currency, 'en')}, ${owner}`;
}

function disputeLine({ payee, contestedMinor, currency, outcome }: DigestDispute): string {
  const amount = moneyText(contestedMinor, currency, 'en');
  return `${payee}, ${amount}${outcome === undefined ? '' : `, ${outcome}`}`;
}
