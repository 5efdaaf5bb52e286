import { Link } from 'wouter';

const tabs = [
  { id: 'workflows', name: 'Workflows', path: '/workflows' },
  { id: 'runs', name: 'Runs', path: '/workflows/runs' },
] as const;

/** The two lists that there are of workflows. */
export function WorkflowTabs({ at }: { readonly at: 'workflows' | 'runs' }) {
  return (
    <nav className="tabs workflow-tabs" aria-label="Of workflows">
      {tabs.map(({ id, name, path }) => (
        <Link
          key={id}
          href={path}
          className="tabs__tab"
          aria-current={id === at ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
