import { useCallback } from 'react';
import { Link } from 'wouter';
import type { Rest } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { templateListSchema } from '../../data/workflows.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { stepName } from './words.ts';

/** Workflows to start from; the builder opens with one, and nothing is saved yet. */
export function TemplateGallery({ rest }: { readonly rest: Rest }) {
  const list = useLoad(
    useCallback(() => rest.get('/api/workflows/templates', templateListSchema), [rest]),
  );
  if (list.status === 'loading') return <Loading what="the templates" />;
  if (list.status === 'failed') {
    return (
      <Failure
        title="The templates cannot be shown"
        message={list.problem.message}
        onRetry={list.reload}
      />
    );
  }
  return (
    <ul className="gallery" aria-label="Templates">
      <li>
        <Link href="/workflows/new" className="gallery__card">
          <strong>Blank workflow</strong>
          <span className="soft">Choose yourself what starts it and what it does.</span>
        </Link>
      </li>
      {list.value.templates.map(({ id, name, description, definition }) => (
        <li key={id}>
          <Link href={`/workflows/new?template=${id}`} className="gallery__card">
            <strong>{name}</strong>
            <span className="soft">{description}</span>
            <span className="soft small">
              {definition.steps.map(({ type }) => stepName(type)).join(', ')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
