import type { User } from '@splitline/functions/contracts';
import { type ComponentType, lazy, Suspense } from 'react';
import { Link } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { Loading, StateMessage } from '../../ui/StateMessage.tsx';
import { type Section, sectionOf, sectionsOf } from './sections.ts';
import './settings.css';

interface SettingsPageProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly section: string | undefined;
}

type SectionComponent = ComponentType<Pick<SettingsPageProps, 'data' | 'member'>>;

const components: Readonly<Record<Section['id'], SectionComponent>> = {
  profile: lazy(() => import('../account/ProfileSection.tsx')),
  organisation: lazy(() => import('./OrganisationSection.tsx')),
  users: lazy(() => import('./UsersSection.tsx')),
  stages: lazy(() => import('./StagesSection.tsx')),
  fields: lazy(() => import('./FieldsSection.tsx')),
  messages: lazy(() => import('./MessagesSection.tsx')),
  'api-keys': lazy(() => import('./ApiKeysSection.tsx')),
  providers: lazy(() => import('./ProvidersSection.tsx')),
};

/** What a person sets for themselves and administrators for everybody, a section at a time. */
export default function SettingsPage({ data, member, section: id }: SettingsPageProps) {
  const section = sectionOf(id);
  return (
    <div className="page">
      <title>{`${section?.name ?? 'Not found'} · Settings · Splitline`}</title>
      <div className="page__content settings">
        <h1 className="page__title settings__title">Settings</h1>
        <SettingsNavigation role={member.role} current={section} />
        <div className="settings__section">
          <OpenSection section={section} data={data} member={member} />
        </div>
      </div>
    </div>
  );
}

interface SettingsNavigationProps {
  readonly role: User['role'];
  readonly current: Section | undefined;
}

function SettingsNavigation({ role, current }: SettingsNavigationProps) {
  return (
    <nav className="settings__nav" aria-label="Settings">
      <ul className="settings__links">
        {sectionsOf(role).map(({ id, name }) => (
          <li key={id}>
            <Link
              href={`/settings/${id}`}
              className="settings__link"
              aria-current={current?.id === id ? 'page' : undefined}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
      {role !== 'admin' && (
        <p className="soft small">
          Users, stages and everything else that is set for the whole organisation is looked after
          by its administrators.
        </p>
      )}
    </nav>
  );
}

interface OpenSectionProps extends Pick<SettingsPageProps, 'data' | 'member'> {
  readonly section: Section | undefined;
}

function OpenSection({ section, data, member }: OpenSectionProps) {
  if (section === undefined) {
    return (
      <StateMessage title="There is no such section">
        The address may be mistyped. Choose a section from the list.
      </StateMessage>
    );
  }
  if (!section.isForAll && member.role !== 'admin') {
    return (
      <StateMessage title="For administrators">
        What is set under “{section.name}” holds for the whole organisation, so only its
        administrators can see and change it. Ask one of them if something needs to change.
      </StateMessage>
    );
  }
  const Component = components[section.id];
  return (
    <Suspense fallback={<Loading what="the section" />}>
      <Component data={data} member={member} />
    </Suspense>
  );
}
