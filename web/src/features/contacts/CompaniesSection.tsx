import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import type { Rest } from '../../data/port.ts';
import {
  type ContactView,
  contactSchema,
  type Place,
  placesSchema,
  readAnswer,
} from '../../data/records.ts';
import { useLoad } from '../../data/useLoad.ts';
import { useSaving } from '../../ui/InlineField.tsx';
import { AddLink } from '../records/AddLink.tsx';
import type { RecordParts } from '../records/RecordPanel.tsx';
import { SectionState } from '../records/SectionState.tsx';

interface CompaniesSectionProps
  extends Pick<RecordParts<ContactView>, 'record' | 'isChangeable' | 'show'> {
  readonly rest: Rest;
}

type Command =
  | { readonly method: 'POST'; readonly body: object }
  | { readonly method: 'DELETE'; readonly companyId: string };

/** Where a contact works, with what they do there. */
export function CompaniesSection({ rest, record, isChangeable, show }: CompaniesSectionProps) {
  const path = `/api/contacts/${record.id}/companies`;
  const list = useLoad(
    useCallback(async () => {
      const { companies } = await rest.get(path, placesSchema);
      return { records: companies };
    }, [rest, path]),
    String(record.version),
  );
  const { save, problem } = useSaving(async (command: Command) => {
    const answer =
      command.method === 'POST'
        ? await rest.send('POST', path, command.body)
        : await rest.send('DELETE', `${path}/${command.companyId}`);
    show(readAnswer(contactSchema, answer));
  });
  const places = list.status === 'ready' ? list.value.records : [];
  return (
    <section className="side-panel__section" aria-label="Companies">
      <h3>Companies</h3>
      <SectionState list={list} what="companies" empty="In no company yet." />
      <ul className="links">
        {places.map((place) => (
          <PlaceRow key={place.id} place={place} isChangeable={isChangeable} send={save} />
        ))}
      </ul>
      {isChangeable && (
        <AddLink
          rest={rest}
          type="company"
          label="Add a company"
          except={places.map(({ id }) => id)}
          onPick={({ id }) => save({ method: 'POST', body: { companyId: id } })}
        />
      )}
      {problem !== undefined && (
        <p className="field__error" role="alert">
          {problem.message}
        </p>
      )}
    </section>
  );
}

interface PlaceRowProps {
  readonly place: Place;
  readonly isChangeable: boolean;
  readonly send: (command: Command) => Promise<boolean>;
}

function PlaceRow({ place: { id, name, role, isPrimary }, isChangeable, send }: PlaceRowProps) {
  const [text, setText] = useState<string>();
  const saveRole = async () => {
    const given = (text ?? '').trim();
    if (text !== undefined && given !== (role ?? '')) {
      await send({ method: 'POST', body: { companyId: id, role: given === '' ? null : given } });
    }
    setText(undefined);
  };
  return (
    <li className="links__link">
      <Link href={`/companies/${id}`} className="links__name">
        {name}
      </Link>
      {isPrimary && <span className="tag">Primary</span>}
      {!isChangeable && role !== null && <span className="soft small">{role}</span>}
      {isChangeable && (
        <span className="links__tools">
          <input
            className="inline-field__input links__role"
            aria-label={`Role at ${name}`}
            placeholder="Role"
            maxLength={100}
            value={text ?? role ?? ''}
            onChange={(event) => setText(event.currentTarget.value)}
            onBlur={() => void saveRole()}
            onKeyDown={(event) => {
              if (event.key === 'Enter') void saveRole();
            }}
          />
          {!isPrimary && (
            <button
              className="button button--quiet button--small"
              type="button"
              aria-label={`Make primary: ${name}`}
              onClick={() =>
                void send({ method: 'POST', body: { companyId: id, isPrimary: true } })
              }
            >
              Make primary
            </button>
          )}
          <button
            className="button button--quiet button--small"
            type="button"
            aria-label={`Remove the contact from ${name}`}
            onClick={() => void send({ method: 'DELETE', companyId: id })}
          >
            Remove
          </button>
        </span>
      )}
    </li>
  );
}
