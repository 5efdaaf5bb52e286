import { useEffect, useState } from 'react';
import { type Session, watchSession } from '../data/firebase/account.ts';
import { type Backend, connect } from '../data/firebase/app.ts';
import type { Problem } from '../data/problem.ts';
import { loadRuntimeConfig } from '../data/runtime-config.ts';

export type SessionState =
  | { readonly status: 'starting' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'signed-out'; readonly backend: Backend }
  | { readonly status: 'signed-in'; readonly backend: Backend; readonly session: Session };

/** Kept for the page's life: a Firebase app is connected once. */
let connecting: Promise<Backend> | undefined;

function connectOnce(): Promise<Backend> {
  connecting ??= loadRuntimeConfig().then(connect);
  return connecting;
}

/** Connects to the project this page is served from and follows who is signed in. */
export function useSession(): SessionState {
  const [state, setState] = useState<SessionState>({ status: 'starting' });
  useEffect(() => {
    let stop = () => {};
    let isOver = false;
    const follow = (backend: Backend) => {
      if (isOver) return;
      stop = watchSession(
        backend,
        (session) =>
          setState(
            session === undefined
              ? { status: 'signed-out', backend }
              : { status: 'signed-in', backend, session },
          ),
        (problem) => setState({ status: 'failed', problem }),
      );
    };
    const fail = (error: unknown) =>
      setState({
        status: 'failed',
        problem: { message: error instanceof Error ? error.message : String(error) },
      });
    connectOnce().then(follow, fail);
    return () => {
      isOver = true;
      stop();
    };
  }, []);
  return state;
}
