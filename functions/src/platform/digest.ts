import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The SHA-256 of a document's canonical JSON (RFC 8785), in hexadecimal: the same for the same
 * content, whatever the order of its fields. Dates count as their ISO form.
 */
export function digestOf(document: object): string {
  return createHash('sha256')
    .update(canonicalize(JSON.parse(JSON.stringify(document))) ?? '')
    .digest('hex');
}
