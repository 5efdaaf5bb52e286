import { Component, type ReactNode } from 'react';
import { StateMessage } from '../ui/StateMessage.tsx';

interface State {
  readonly hasFailed: boolean;
}

/** Catches what no part of the page expected, such as a script that a new release has replaced. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { hasFailed: false };

  static getDerivedStateFromError(): State {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <StateMessage
        title="This page stopped working"
        actions={
          <button
            className="button button--primary"
            type="button"
            onClick={() => window.location.reload()}
          >
            Reload
          </button>
        }
      >
        Nothing that was saved is lost. Reload to go on; there may be a new version.
      </StateMessage>
    );
  }
}
