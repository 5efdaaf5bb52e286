import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Icon } from './Icon.tsx';

interface Offer {
  /** The verb on the button: Undo. */
  readonly label: string;
  readonly run: () => void;
}

interface Notices {
  /** Shows a problem until it is dismissed. */
  readonly warn: (message: string) => void;
  /** Tells screen readers what the eye can see. */
  readonly announce: (message: string) => void;
  /** Says what was done and offers one thing to do about it, until it is dismissed. */
  readonly offer: (message: string, offer: Offer) => void;
}

interface Toast {
  readonly id: number;
  readonly message: string;
  readonly offer?: Offer;
}

const MAX_TOASTS = 3;

const NoticesContext = createContext<Notices | undefined>(undefined);

/** Lets any component below show notices. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [announcement, setAnnouncement] = useState('');
  const show = useCallback((toast: Omit<Toast, 'id'>) => {
    setToasts((shown) => {
      const id = (shown.at(-1)?.id ?? 0) + 1;
      return [...shown.slice(1 - MAX_TOASTS), { ...toast, id }];
    });
  }, []);
  const dismiss = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));
  const [notices] = useState<Notices>(() => ({
    warn: (message) => show({ message }),
    offer: (message, offer) => show({ message, offer }),
    announce: setAnnouncement,
  }));
  return (
    <NoticesContext value={notices}>
      {children}
      <div className="toasts" role="alert">
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
        ))}
      </div>
      <div className="visually-hidden" role="status">
        {announcement}
      </div>
    </NoticesContext>
  );
}

interface ToastLineProps {
  readonly toast: Toast;
  readonly onDismiss: () => void;
}

function ToastLine({ toast: { message, offer }, onDismiss }: ToastLineProps) {
  return (
    <div className="toast" data-tone={offer === undefined ? undefined : 'offer'}>
      <p className="toast__text">{message}</p>
      {offer !== undefined && (
        <button
          className="button button--small"
          type="button"
          onClick={() => {
            onDismiss();
            offer.run();
          }}
        >
          {offer.label}
        </button>
      )}
      <button className="icon-button" type="button" aria-label="Dismiss" onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** The notices of the nearest ToastProvider. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === undefined) throw new Error('useNotices needs a ToastProvider above it');
  return notices;
}
