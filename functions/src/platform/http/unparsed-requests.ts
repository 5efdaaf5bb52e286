import { subscribe } from 'node:diagnostics_channel';
import { IncomingMessage } from 'node:http';

/**
 * Has the server of this process hand requests on as they came. Before a function sees a request,
 * Google's framework unpacks its body (to 1 GiB, if it likes), parses its JSON and decodes its path,
 * and answers what it cannot read with a page of HTML; so it is shown a plain body of unknown type
 * and a path that it can decode. The router takes type and body from what was sent, and refuses in
 * the words of its door.
 *
 * Only for a process that serves the router: callables and events need the parsed body.
 */
export function receiveUnparsed(): void {
  subscribe('http.server.request.start', (message) => {
    const request: unknown = Object(message).request;
    if (!(request instanceof IncomingMessage)) return;
    // The rawHeaders are left alone: restoreHeaders takes them from there.
    if (request.headers['content-type'] !== undefined) {
      request.headers['content-type'] = 'application/octet-stream';
    }
    delete request.headers['content-encoding'];
    if (!isDecodable(request.url ?? '')) request.url = request.url?.replaceAll('%', '%25');
  });
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?')[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/** Gives a request back the headers that `receiveUnparsed` hid from the framework. */
export function restoreHeaders({ headers, rawHeaders }: IncomingMessage): void {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase();
    const value = rawHeaders[index + 1];
    if (name === 'content-type' || name === 'content-encoding') headers[name] = value;
  }
}
