import type { ApiKeyView } from '../../data/settings.ts';
import { Moment } from '../../ui/Moment.tsx';
import { scopeNames } from './scope-words.ts';

interface ApiKeyRowProps {
  readonly apiKey: ApiKeyView;
  readonly madeBy: string | undefined;
  readonly onRevoke: () => void;
}

/** One key: what it may do, who made it, and whether it still works. */
export function ApiKeyRow({ apiKey, madeBy, onRevoke }: ApiKeyRowProps) {
  const { name, prefix, scopes, createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  const isExpired = expiresAt !== null && new Date(expiresAt) <= new Date();
  const scopeText = scopes.map((scope) => scopeNames[scope] ?? scope).join(' and ');
  return (
    <li className="rows__row settings__row" aria-label={name}>
      <div className="settings__main">
        <p className="settings__name">
          {name}
          {revokedAt !== null && (
            <span className="tag" data-tone="danger">
              Revoked
            </span>
          )}
          {revokedAt === null && isExpired && (
            <span className="tag" data-tone="warning">
              Expired
            </span>
          )}
        </p>
        <p className="soft small settings__detail">
          <code>{prefix}…</code> · may {scopeText}
        </p>
        <p className="soft small settings__detail">
          Made {madeBy !== undefined && <>by {madeBy} </>}on <Moment at={createdAt} /> ·{' '}
          {lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              last used <Moment at={lastUsedAt} />
            </>
          )}{' '}
          · <Validity apiKey={apiKey} />
        </p>
      </div>
      {revokedAt === null && (
        <button className="button button--small button--quiet" type="button" onClick={onRevoke}>
          Revoke…<span className="visually-hidden"> {name}</span>
        </button>
      )}
    </li>
  );
}

function Validity({ apiKey: { expiresAt, revokedAt } }: Pick<ApiKeyRowProps, 'apiKey'>) {
  const at = revokedAt ?? expiresAt;
  if (at === null) return 'valid until it is revoked';
  return (
    <>
      {revokedAt === null ? 'valid until' : 'revoked'} <Moment at={at} />
    </>
  );
}
