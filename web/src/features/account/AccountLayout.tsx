import type { ReactNode } from 'react';
import { Icon } from '../../ui/Icon.tsx';
import './account.css';

interface AccountLayoutProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
  readonly other: ReactNode;
}

/** The frame of the screens before sign-in: one card, and the way to the other screen. */
export function AccountLayout({ title, lead, children, other }: AccountLayoutProps) {
  return (
    <main className="account">
      <div className="account__brand">
        <Icon name="logo" size={26} />
        Splitline
      </div>
      <div className="account__card">
        <div>
          <h1 className="account__title">{title}</h1>
          <p className="account__lead">{lead}</p>
        </div>
        {children}
      </div>
      <p className="account__other">{other}</p>
    </main>
  );
}
