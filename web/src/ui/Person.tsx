import { initialsOf } from './format.ts';
import './person.css';

/** A person by initials and name; the name is undefined for somebody who is not in the organisation. */
export function Person({ name }: { readonly name: string | undefined }) {
  const shown = name ?? 'Unknown person';
  return (
    <span className="person">
      <span className="person__initials" aria-hidden="true">
        {name === undefined ? '?' : initialsOf(name)}
      </span>
      <span className="person__name">{shown}</span>
    </span>
  );
}
