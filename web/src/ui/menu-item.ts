import type { ReactNode } from 'react';

/** A command that a menu offers. */
export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly isDisabled: boolean;
}
