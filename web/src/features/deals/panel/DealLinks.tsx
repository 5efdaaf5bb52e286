import type { Deal } from '@splitline/functions/contracts';
import { useCallback } from 'react';
import { Link } from 'wouter';
import { namedCompanySchema } from '../../../data/deals.ts';
import type { Rest, Stored } from '../../../data/port.ts';
import { useLoad } from '../../../data/useLoad.ts';
import { AddLink } from '../../records/AddLink.tsx';
import { nameOfContact } from '../../records/names.ts';
import type { ChangeDeal } from './useDealChange.ts';
import { useQuickChange } from './useQuickChange.ts';

interface DealLinksProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly isChangeable: boolean;
  readonly change: ChangeDeal;
}

/** Whom the deal is made with. */
export function DealLinks({ rest, deal, isChangeable, change }: DealLinksProps) {
  const { contacts, contactIds, companyId } = deal;
  const { quick, problem } = useQuickChange(change);
  const remove = (id: string) =>
    quick((now) => ({ contactIds: now.contactIds.filter((other) => other !== id) }));
  return (
    <section className="side-panel__section" aria-label="Contacts and company">
      <h3>Contacts and company</h3>
      <ul className="links">
        {companyId !== null && (
          <CompanyLine
            rest={rest}
            companyId={companyId}
            onRemove={isChangeable ? () => void quick({ companyId: null }) : undefined}
          />
        )}
        {contacts.map((contact) => (
          <LinkLine
            key={contact.id}
            path={`/contacts/${contact.id}`}
            name={nameOfContact(contact)}
            kind="Contact"
            onRemove={isChangeable ? () => void remove(contact.id) : undefined}
          />
        ))}
      </ul>
      {contacts.length === 0 && companyId === null && (
        <p className="soft">Nobody is linked to this deal yet.</p>
      )}
      {isChangeable && (
        <div className="deal__adders">
          <AddLink
            rest={rest}
            type="contact"
            label="Add a contact"
            except={contactIds}
            onPick={({ id }) => quick((now) => ({ contactIds: [...now.contactIds, id] }))}
          />
          <AddLink
            rest={rest}
            type="company"
            label={companyId === null ? 'Add a company' : 'Change the company'}
            except={companyId === null ? [] : [companyId]}
            onPick={({ id }) => quick({ companyId: id })}
          />
        </div>
      )}
      {problem !== undefined && (
        <p className="field__error" role="alert">
          {problem.message}
        </p>
      )}
    </section>
  );
}

interface CompanyLineProps {
  readonly rest: Rest;
  readonly companyId: string;
  readonly onRemove: (() => void) | undefined;
}

function CompanyLine({ rest, companyId, onRemove }: CompanyLineProps) {
  const loaded = useLoad(
    useCallback(
      () => rest.get(`/api/companies/${companyId}`, namedCompanySchema),
      [rest, companyId],
    ),
  );
  const unknown = loaded.status === 'loading' ? 'Loading the company…' : 'A company out of sight';
  return (
    <LinkLine
      path={`/companies/${companyId}`}
      name={loaded.status === 'ready' ? loaded.value.name : unknown}
      kind="Company"
      onRemove={onRemove}
    />
  );
}

interface LinkLineProps {
  readonly path: string;
  readonly name: string;
  readonly kind: string;
  readonly onRemove: (() => void) | undefined;
}

function LinkLine({ path, name, kind, onRemove }: LinkLineProps) {
  return (
    <li className="links__link">
      <Link href={path} className="links__name">
        {name}
      </Link>
      <span className="soft small">{kind}</span>
      {onRemove !== undefined && (
        <span className="links__tools">
          <button
            className="button button--quiet button--small"
            type="button"
            aria-label={`Remove ${name} from the deal`}
            onClick={onRemove}
          >
            Remove
          </button>
        </span>
      )}
    </li>
  );
}
