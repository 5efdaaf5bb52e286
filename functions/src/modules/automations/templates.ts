/** A part of a template: text as it is, or a merge field such as `deal.title`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly path: string };

const MERGE_FIELD = /\{\{\s*([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*){1,3})\s*\}\}/g;

/** The parts of a template in their order. Braces that are no merge field are text. */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(MERGE_FIELD)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) });
    parts.push({ kind: 'field', path: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}

/** The merge fields that a template names. */
export function fieldsOfTemplate(template: string): string[] {
  return parseTemplate(template).flatMap((part) => (part.kind === 'field' ? [part.path] : []));
}

/** What in a template was meant as a merge field and is none, such as `{{deal}}` or `{{deal.title`. */
export function brokenFieldOf(template: string): string | undefined {
  const text = parseTemplate(template)
    // What stands before a field and what stands after it make no field together.
    .map((part) => (part.kind === 'text' ? part.text : '\n'))
    .join('');
  return text.match(/\{\{[^{}\n]{0,60}(\}\})?/)?.[0];
}
