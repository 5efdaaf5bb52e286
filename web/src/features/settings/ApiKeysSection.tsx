import { useCallback, useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { type ApiKeyView, apiKeyListSchema, type NewKey } from '../../data/settings.ts';
import { usePages } from '../../data/usePages.ts';
import { usePeople } from '../../data/usePeople.ts';
import { More } from '../../ui/More.tsx';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { AddKeyDialog } from './AddKeyDialog.tsx';
import { ApiKeyRow } from './ApiKeyRow.tsx';
import { NewKeyDialog } from './NewKeyDialog.tsx';
import { RevokeKeyDialog } from './RevokeKeyDialog.tsx';
import { SectionHead } from './SectionHead.tsx';

type Step =
  | { readonly kind: 'add' }
  | { readonly kind: 'show'; readonly key: NewKey }
  | { readonly kind: 'revoke'; readonly key: ApiKeyView };

/** The keys by which other programs use the REST doors. */
export default function ApiKeysSection({ data }: { readonly data: WorkspaceData }) {
  const { rest } = data;
  const people = usePeople(data);
  const list = usePages(
    useCallback((at) => rest.get('/api/api-keys', apiKeyListSchema, at), [rest]),
  );
  const [step, setStep] = useState<Step>();
  const close = () => setStep(undefined);
  const reload = list.status === 'loading' ? () => {} : list.reload;
  return (
    <section className="section" aria-label="API keys">
      <SectionHead
        title="API keys"
        lead="A key lets another program act for the organisation: on all records, but not on users, stages, plans and the like."
      >
        <button
          className="button button--primary"
          type="button"
          onClick={() => setStep({ kind: 'add' })}
        >
          Add API key…
        </button>
      </SectionHead>
      {list.status === 'loading' && <Loading what="the API keys" />}
      {list.status === 'failed' && (
        <Failure
          title="The API keys cannot be shown"
          message={list.problem.message}
          onRetry={list.reload}
        />
      )}
      {list.status === 'ready' && (
        <>
          <Stale problem={list.problem} reload={list.reload} />
          <ul className="rows" aria-label="API keys">
            {list.value.records.length === 0 && (
              <li className="rows__empty">There is no API key. Add one for your first program.</li>
            )}
            {list.value.records.map((key) => (
              <ApiKeyRow
                key={key.id}
                apiKey={key}
                madeBy={people.get(key.createdBy)?.name}
                onRevoke={() => setStep({ kind: 'revoke', key })}
              />
            ))}
          </ul>
          <More pages={list.value} />
        </>
      )}
      {step?.kind === 'add' && (
        <AddKeyDialog
          rest={rest}
          onClose={close}
          onMade={(key) => {
            setStep({ kind: 'show', key });
            reload();
          }}
        />
      )}
      {step?.kind === 'show' && <NewKeyDialog apiKey={step.key} onClose={close} />}
      {step?.kind === 'revoke' && (
        <RevokeKeyDialog
          rest={rest}
          apiKey={step.key}
          onClose={close}
          onDone={() => {
            close();
            reload();
          }}
        />
      )}
    </section>
  );
}
