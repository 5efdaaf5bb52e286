import type { FakeText } from './fake-text.ts';

const SHOWN = 100;

/** All texts, and a form to write one as a contact would. */
export function pageOfTwilio(texts: readonly FakeText[]): string {
  const rows = texts
    .slice(-SHOWN)
    .toReversed()
    .map(({ at, from, to, body, status }) => {
      const cells = [at.toISOString(), from, to, body, status].map((cell) => escapeHtml(cell));
      return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    });
  return [
    '<!doctype html><meta charset="utf-8"><title>Twilio</title>',
    '<style>body{font:14px sans-serif;margin:2em}td,th{padding:2px 12px 2px 0;text-align:left}</style>',
    '<h1>Twilio, as Splitline sees it on this machine</h1><h2>A contact writes</h2>',
    '<form method="post" action="/write">',
    ...['from', 'to', 'body'].map(
      (name) => `<label>${name} <input name="${name}" required></label> `,
    ),
    '<button>Send</button></form><h2>Texts</h2>',
    '<table><tr><th>at</th><th>from</th><th>to</th><th>text</th><th>status</th></tr>',
    ...rows,
    '</table>',
  ].join('\n');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
