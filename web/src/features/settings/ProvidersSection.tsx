import { type Provider, providerListSchema } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Stale } from '../../ui/Stale.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { ProviderCard } from './ProviderCard.tsx';
import { SectionHead } from './SectionHead.tsx';

/** Which of the services that Splitline works with are set up. */
export default function ProvidersSection({ data }: { readonly data: WorkspaceData }) {
  const { rest } = data;
  const list = useLoad(
    useCallback(() => rest.get('/api/settings/providers', providerListSchema), [rest]),
  );
  return (
    <section className="section" aria-label="Providers">
      <SectionHead
        title="Providers"
        lead="Their keys are set where Splitline is deployed, not here, and nobody can read them on this page."
      >
        {list.status === 'ready' && (
          <button className="button" type="button" onClick={list.reload}>
            Check again
          </button>
        )}
      </SectionHead>
      {list.status === 'loading' && <Loading what="the providers" />}
      {list.status === 'failed' && (
        <Failure
          title="The providers cannot be checked"
          message={list.problem.message}
          onRetry={list.reload}
        />
      )}
      {list.status === 'ready' && (
        <>
          <Stale problem={list.problem} reload={list.reload} />
          <ul className="rows" aria-label="Providers">
            {list.value.providers.map((provider: Provider) => (
              <ProviderCard key={provider.id} provider={provider} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
