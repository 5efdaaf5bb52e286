import type { User } from '@splitline/functions/contracts';
import { lazy, Suspense, useMemo } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import type { Session } from '../data/firebase/account.ts';
import type { Backend } from '../data/firebase/app.ts';
import { openWorkspace } from '../data/firebase/workspace.ts';
import type { Stored, WorkspaceData } from '../data/port.ts';
import { useLive } from '../data/useLive.ts';
import { PipelinePage } from '../features/deals/PipelinePage.tsx';
import { Loading, StateMessage } from '../ui/StateMessage.tsx';
import { useStable } from '../ui/useStable.ts';
import { TimeZoneProvider } from '../ui/useTimeZone.ts';
import { AppFrame } from './AppFrame.tsx';
import { useHeadStart } from './useHeadStart.ts';

/** The board comes with the workspace; every other page is loaded when it is opened. */
const ContactsPage = lazy(() => import('../features/contacts/ContactsPage.tsx'));
const CompaniesPage = lazy(() => import('../features/companies/CompaniesPage.tsx'));
const LeadsPage = lazy(() => import('../features/leads/LeadsPage.tsx'));
const EarningsPage = lazy(() => import('../features/earnings/EarningsPage.tsx'));
const DisputesPage = lazy(() => import('../features/disputes/DisputesPage.tsx'));
const PayoutsPage = lazy(() => import('../features/payouts/PayoutsPage.tsx'));
const PlansPage = lazy(() => import('../features/plans/PlansPage.tsx'));
const DashboardPage = lazy(() => import('../features/dashboard/DashboardPage.tsx'));
const InboxPage = lazy(() => import('../features/inbox/InboxPage.tsx'));
const WorkflowsPage = lazy(() => import('../features/workflows/WorkflowsPage.tsx'));
const WebhooksPage = lazy(() => import('../features/webhooks/WebhooksPage.tsx'));
const ImportPage = lazy(() => import('../features/imports/ImportPage.tsx'));
const NotificationsPage = lazy(() => import('../features/notifications/NotificationsPage.tsx'));
const SettingsPage = lazy(() => import('../features/settings/SettingsPage.tsx'));

interface WorkspaceProps {
  readonly backend: Backend;
  readonly session: Session;
  readonly onSignOut: () => void;
}

/** The product for a signed-in person, if the account belongs to an organisation. */
export default function Workspace({ backend, session, onSignOut }: WorkspaceProps) {
  const { uid, orgId, email } = session;
  const data = useMemo(
    () => (orgId === undefined ? undefined : openWorkspace(backend, orgId, uid)),
    [backend, orgId, uid],
  );
  if (data === undefined) {
    return (
      <NoAccess title="No organisation yet" onSignOut={onSignOut}>
        The account {email} belongs to no organisation. Ask an administrator to add you, or sign out
        and create an organisation with another address.
      </NoAccess>
    );
  }
  return <MemberGate data={data} email={email} onSignOut={onSignOut} />;
}

interface MemberGateProps {
  readonly data: WorkspaceData;
  readonly email: string;
  readonly onSignOut: () => void;
}

/** Follows the membership, so that a demotion or removal takes effect while the page is open. */
function MemberGate({ data, email, onSignOut }: MemberGateProps) {
  const live = useLive(data.watchMember);
  const member = live.status === 'ready' ? live.value : undefined;
  if (live.status !== 'loading' && !member?.active) {
    return (
      <NoAccess
        title="You have no access"
        onSignOut={onSignOut}
        onRetry={live.status === 'failed' ? live.retry : undefined}
      >
        The membership of {email} has ended or was never set up. Ask an administrator of your
        organisation to restore it.
      </NoAccess>
    );
  }
  return <Organisation data={data} member={member} onSignOut={onSignOut} />;
}

interface OrganisationProps {
  readonly data: WorkspaceData;
  /** Undefined until it is known: the organisation is asked for at the same time. */
  readonly member: Stored<User> | undefined;
  readonly onSignOut: () => void;
}

/** Follows the organisation, in whose time zone every page tells times. */
function Organisation({ data, member, onSignOut }: OrganisationProps) {
  const live = useLive(data.watchOrg);
  useHeadStart(data, live.status === 'loading' ? undefined : member);
  if (member === undefined || live.status === 'loading') return <Loading what="your workspace" />;
  const org = live.status === 'ready' ? live.value : undefined;
  return (
    <TimeZoneProvider value={org?.timeZone ?? ''}>
      <MemberPages data={data} member={member} orgName={org?.name} onSignOut={onSignOut} />
    </TimeZoneProvider>
  );
}

interface MemberPagesProps extends OrganisationProps {
  readonly member: Stored<User>;
  readonly orgName: string | undefined;
}

function MemberPages({ data, member, orgName, onSignOut }: MemberPagesProps) {
  // Listeners depend on the member: the same membership must not start them again.
  const stable = useStable(member, `${member.id} ${member.version}`);
  return (
    <AppFrame data={data} member={stable} orgName={orgName} onSignOut={onSignOut}>
      <Suspense fallback={<Loading what="the page" />}>
        <Switch>
          <Route path="/deals/:dealId">
            {({ dealId }) => <PipelinePage data={data} member={stable} openDealId={dealId} />}
          </Route>
          <Route path="/">
            <PipelinePage data={data} member={stable} openDealId={undefined} />
          </Route>
          <Route path="/contacts/:id?">
            {({ id }) => <ContactsPage data={data} member={stable} openId={id} />}
          </Route>
          <Route path="/companies/:id?">
            {({ id }) => <CompaniesPage data={data} member={stable} openId={id} />}
          </Route>
          <Route path="/leads/:id?">
            {({ id }) => <LeadsPage data={data} member={stable} openId={id} />}
          </Route>
          <Route path="/earnings">
            <EarningsPage data={data} member={stable} />
          </Route>
          <Route path="/disputes">
            <DisputesPage data={data} member={stable} />
          </Route>
          <Route path="/payouts">
            <AdminOnly member={stable}>
              <PayoutsPage data={data} />
            </AdminOnly>
          </Route>
          <Route path="/plans">
            <AdminOnly member={stable}>
              <PlansPage data={data} />
            </AdminOnly>
          </Route>
          <Route path="/dashboard">
            <DashboardPage data={data} member={stable} />
          </Route>
          <Route path="/inbox/:id?">
            {({ id }) => <InboxPage data={data} member={stable} openId={id} />}
          </Route>
          <Route path="/workflows/*?">
            <WorkflowsPage data={data} member={stable} />
          </Route>
          <Route path="/subscriptions/:id?">
            {({ id }) => <WebhooksPage data={data} member={stable} openId={id} />}
          </Route>
          <Route path="/import/:jobId?">
            {({ jobId }) => <ImportPage data={data} member={stable} jobId={jobId} />}
          </Route>
          <Route path="/notifications">
            <NotificationsPage data={data} member={stable} />
          </Route>
          <Route path="/settings/:section?">
            {({ section }) => <SettingsPage data={data} member={stable} section={section} />}
          </Route>
          <Route>
            <Redirect to="/" replace />
          </Route>
        </Switch>
      </Suspense>
    </AppFrame>
  );
}

/** The server refuses everybody else; the page says so instead of showing refusals. */
function AdminOnly({
  member,
  children,
}: {
  readonly member: Stored<User>;
  readonly children: React.ReactNode;
}) {
  if (member.role === 'admin') return children;
  return (
    <StateMessage title="For administrators">
      Plans and payouts are looked after by the administrators of your organisation. What you earn
      yourself is on the page Earnings.
    </StateMessage>
  );
}

interface NoAccessProps {
  readonly title: string;
  readonly children: React.ReactNode;
  readonly onSignOut: () => void;
  readonly onRetry?: (() => void) | undefined;
}

function NoAccess({ title, children, onSignOut, onRetry }: NoAccessProps) {
  return (
    <StateMessage
      title={title}
      actions={
        <>
          {onRetry !== undefined && (
            <button className="button" type="button" onClick={onRetry}>
              Try again
            </button>
          )}
          <button className="button" type="button" onClick={onSignOut}>
            Sign out
          </button>
        </>
      }
    >
      {children}
    </StateMessage>
  );
}
