import { lazy, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useRoute } from 'wouter';
import { endSession } from '../data/firebase/account.ts';
import { AcceptInvitationPage } from '../features/account/AcceptInvitationPage.tsx';
import { SignInPage } from '../features/account/SignInPage.tsx';
import { SignUpPage } from '../features/account/SignUpPage.tsx';
import { Failure, Loading } from '../ui/StateMessage.tsx';
import { ToastProvider } from '../ui/Toasts.tsx';
import { useSession } from './useSession.ts';

/** Carries the Firestore SDK, which the account screens do without. */
const loadWorkspace = () => import('./Workspace.tsx');
const Workspace = lazy(loadWorkspace);
const ForgotPasswordPage = lazy(() => import('../features/account/ForgotPasswordPage.tsx'));
const ResetPasswordPage = lazy(() => import('../features/account/ResetPasswordPage.tsx'));

/** The account screens for a visitor, the workspace for whoever is signed in. */
export function App() {
  const state = useSession();
  const [isInvited] = useRoute('/accept-invitation');
  const [isResetting] = useRoute('/reset-password');
  useEffect(() => {
    // Got ready while the person types; a failure shows when it is needed.
    if (state.status === 'signed-out') loadWorkspace().catch(() => undefined);
  }, [state.status]);

  // One place for both states: the page keeps the invitation's token while a person signs out.
  if (isInvited && 'backend' in state) {
    const session = state.status === 'signed-in' ? state.session : undefined;
    return <AcceptInvitationPage backend={state.backend} session={session} />;
  }
  // So is this one: whoever follows the link in the mail has a new password, whoever is signed in.
  if (isResetting && 'backend' in state) {
    return (
      <Suspense fallback={<Loading what="the page" />}>
        <ResetPasswordPage backend={state.backend} />
      </Suspense>
    );
  }
  switch (state.status) {
    case 'starting':
      return <Loading what="Splitline" />;
    case 'failed':
      return (
        <Failure
          title="Splitline cannot start"
          message={state.problem.message}
          onRetry={() => window.location.reload()}
        />
      );
    case 'signed-out':
      return (
        <Suspense fallback={<Loading what="the page" />}>
          <Switch>
            <Route path="/signup">
              <SignUpPage backend={state.backend} />
            </Route>
            <Route path="/forgot-password">
              <ForgotPasswordPage />
            </Route>
            <Route>
              <SignInPage backend={state.backend} />
            </Route>
          </Switch>
        </Suspense>
      );
    case 'signed-in':
      return (
        <ToastProvider>
          <Route path="/signup">
            <Redirect to="/" replace />
          </Route>
          <Suspense fallback={<Loading what="your workspace" />}>
            <Workspace
              key={state.session.uid}
              backend={state.backend}
              session={state.session}
              onSignOut={() => void endSession(state.backend)}
            />
          </Suspense>
        </ToastProvider>
      );
  }
}
