import { AppError } from '../../platform/errors.ts';

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * A domain in the form it is compared: `https://www.Example.com/about` is `example.com`. Names in
 * other scripts become Punycode.
 * @throws AppError invalid-argument: field `field`
 */
export function normaliseDomain(text: string, field: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.parse(withScheme);
  // An e-mail address parses too, as a sign-in at a host.
  const host = url?.username === '' ? url.hostname.replace(/\.$/, '') : '';
  const domain = host.replace(/^www\.(?=.*\.)/, '');
  if (DOMAIN.test(domain)) return domain;
  throw new AppError('invalid-argument', `${field}: must be a domain such as example.com`, {
    field,
  });
}
