import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Icon } from './Icon.tsx';

interface Notices {
  /** Shows a problem until it is dismissed. */
  readonly warn: (message: string) => void;
  /** Tells screen readers what the eye can see. */
  readonly announce: (message: string) => void;
}

interface Toast {
  readonly id: number;
  readonly message: string;
}

const MAX_TOASTS = 3;

const NoticesContext = createContext<Notices | undefined>(undefined);

/** Lets any component below show notices. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [announcement, setAnnouncement] = useState('');
  const warn = useCallback((message: string) => {
    setToasts((shown) => {
      const id = (shown.at(-1)?.id ?? 0) + 1;
      return [...shown.slice(1 - MAX_TOASTS), { id, message }];
    });
  }, []);
  const dismiss = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));
  const [notices] = useState<Notices>(() => ({ warn, announce: setAnnouncement }));
  return (
    <NoticesContext value={notices}>
      {children}
      <div className="toasts" role="alert">
        {toasts.map(({ id, message }) => (
          <div className="toast" key={id}>
            <p className="toast__text">{message}</p>
            <button
              className="icon-button"
              type="button"
              aria-label="Dismiss"
              onClick={() => dismiss(id)}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
      <div className="visually-hidden" role="status">
        {announcement}
      </div>
    </NoticesContext>
  );
}

/** The notices of the nearest ToastProvider. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === undefined) throw new Error('useNotices needs a ToastProvider above it');
  return notices;
}
