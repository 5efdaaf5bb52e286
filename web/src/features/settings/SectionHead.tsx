import type { ReactNode } from 'react';

interface SectionHeadProps {
  readonly title: string;
  /** What is set here, in a sentence or two. */
  readonly lead: ReactNode;
  /** What can be done with the section as a whole. */
  readonly children?: ReactNode;
}

/** The beginning of a section of the settings. */
export function SectionHead({ title, lead, children }: SectionHeadProps) {
  return (
    <div className="section__head">
      <div className="settings__about">
        <h2 className="section__title">{title}</h2>
        <p className="page__lead">{lead}</p>
      </div>
      {children !== undefined && <div className="page__actions">{children}</div>}
    </div>
  );
}
