import { createMiddleware } from 'hono/factory';
import { AppError } from '../errors.ts';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/i;
const UTF8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/**
 * Lets bodies through that are not compressed, and JSON that is in UTF-8, as its standard demands.
 * Anything else would be read as UTF-8 all the same, and stored with a replacement character for
 * every letter it misses.
 * @throws AppError unsupported-media-type, malformed
 */
export const requirePlainUtf8 = createMiddleware(async (c, next) => {
  const encoding = c.req.header('Content-Encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity') {
    throw new AppError(
      'unsupported-media-type',
      'Send the body uncompressed, without the header Content-Encoding',
    );
  }
  const type = c.req.header('Content-Type') ?? '';
  if (!JSON_TYPE.test(type)) return next();
  const charset = CHARSET.exec(type)?.[1]?.toLowerCase() ?? 'utf-8';
  if (!UTF8.has(charset)) {
    throw new AppError('unsupported-media-type', 'Send the body as JSON in UTF-8');
  }
  const bytes = await c.req.arrayBuffer();
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AppError('malformed', 'body: this is not UTF-8; send the JSON in UTF-8', {
      cause: error,
    });
  }
  await next();
});
