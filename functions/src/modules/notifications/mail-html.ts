import { html, raw } from 'hono/html';

/** What a mail says, as plain texts. */
export interface MailPage {
  readonly heading: string;
  readonly sections: readonly { readonly title?: string; readonly lines: readonly string[] }[];
  /** Where the product is. */
  readonly url: string;
}

/** A mail as a page of HTML. Every text is escaped: titles and names are whatever people enter. */
export function htmlMail({ heading, sections, url }: MailPage): string {
  const parts = sections.map(({ title, lines }) => {
    const head = title === undefined ? '' : html`<h2>${title}</h2>`;
    const list = title === undefined ? lines.map(paragraph) : [listOf(lines)];
    return html`${head}${list}`;
  });
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${heading}</title></head>
<body style="font-family: sans-serif"><h1>${heading}</h1>${parts}
<p><a href="${url}">Open Splitline</a></p></body></html>
`;
  return page.toString();
}

function paragraph(line: string) {
  return html`<p>${line}</p>`;
}

function listOf(lines: readonly string[]) {
  return html`<ul>${raw(lines.map((line) => html`<li>${line}</li>`.toString()).join(''))}</ul>`;
}
