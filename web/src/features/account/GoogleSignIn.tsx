import { useState } from 'react';
import type { Backend } from '../../data/firebase/app.ts';
import { signInWithGoogle } from '../../data/firebase/google.ts';
import type { Problem } from '../../data/problem.ts';

/** Sign-in by Google's window, for projects that have it switched on. */
export default function GoogleSignIn({ backend }: { readonly backend: Backend }) {
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const start = async () => {
    setIsOpen(true);
    setProblem(undefined);
    setProblem(await signInWithGoogle(backend));
    setIsOpen(false);
  };
  return (
    <div className="account__alternative">
      <p className="account__or">or</p>
      {problem !== undefined && (
        <p className="message" role="alert">
          {problem.message}
        </p>
      )}
      <button
        className="button"
        type="button"
        aria-disabled={isOpen}
        onClick={() => {
          if (!isOpen) void start();
        }}
      >
        {isOpen ? 'Waiting for Google…' : 'Continue with Google'}
      </button>
    </div>
  );
}
