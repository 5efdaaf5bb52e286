import { useCallback } from 'react';
import { Link } from 'wouter';
import type { Query, Rest } from '../../data/port.ts';
import { peopleSchema } from '../../data/records.ts';
import { usePages } from '../../data/usePages.ts';
import { useSaving } from '../../ui/InlineField.tsx';
import { More } from '../../ui/More.tsx';
import { AddLink } from '../records/AddLink.tsx';
import { nameOfContact } from '../records/names.ts';
import { SectionState } from '../records/SectionState.tsx';

interface PeopleSectionProps {
  readonly rest: Rest;
  readonly companyId: string;
  readonly onHappened: () => void;
}

/** The contacts at a company that the member may see. A membership is the contact's, whoever owns the company. */
export function PeopleSection({ rest, companyId, onHappened }: PeopleSectionProps) {
  const path = `/api/companies/${companyId}/contacts`;
  const list = usePages(
    useCallback((at: Query) => rest.get(path, peopleSchema, { limit: '20', ...at }), [rest, path]),
  );
  const { save, problem } = useSaving(async (command: { add: string } | { remove: string }) => {
    if ('add' in command) await rest.send('POST', path, { contactId: command.add });
    else await rest.send('DELETE', `${path}/${command.remove}`);
    onHappened();
    if (list.status !== 'loading') list.reload();
  });
  const people = list.status === 'ready' ? list.value.records : [];
  return (
    <section className="side-panel__section" aria-label="People">
      <h3>People</h3>
      <SectionState list={list} what="people" empty="No contact that you can see is here." />
      <ul className="links">
        {people.map((contact) => {
          const name = nameOfContact(contact);
          const role = contact.companies.find((place) => place.companyId === companyId)?.role;
          return (
            <li key={contact.id} className="links__link">
              <Link href={`/contacts/${contact.id}`} className="links__name">
                {name}
              </Link>
              <span className="soft small">
                {[role ?? contact.title, contact.email].filter((part) => part !== null).join(' · ')}
              </span>
              <span className="links__tools">
                <button
                  className="button button--quiet button--small"
                  type="button"
                  aria-label={`Remove ${name} from the company`}
                  onClick={() => void save({ remove: contact.id })}
                >
                  Remove
                </button>
              </span>
            </li>
          );
        })}
      </ul>
      {list.status === 'ready' && <More pages={list.value} />}
      <AddLink
        rest={rest}
        type="contact"
        label="Add a person"
        except={people.map(({ id }) => id)}
        onPick={({ id }) => save({ add: id })}
      />
      {problem !== undefined && (
        <p className="field__error" role="alert">
          {problem.message}
        </p>
      )}
    </section>
  );
}
