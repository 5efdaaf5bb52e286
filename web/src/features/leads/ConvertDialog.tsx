import type { SearchResult } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { WorkspaceData } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import {
  type Conversion,
  conversionSchema,
  type LeadView,
  readAnswer,
} from '../../data/records.ts';
import { useLive } from '../../data/useLive.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { nameOfLead, splitName } from '../records/names.ts';
import { RecordPicker } from '../search/RecordPicker.tsx';
import {
  type CompanyChoice,
  conversionInputs,
  inputName,
  toConversion,
  toFormProblem,
} from './conversion.ts';

interface ConvertDialogProps {
  readonly data: WorkspaceData;
  readonly lead: LeadView;
  readonly onClose: () => void;
  readonly onConverted: (made: Conversion) => void;
}

/** Asks what a lead becomes: a contact, at a company or not, with a deal or not. */
export function ConvertDialog({ data, lead, onClose, onConverted }: ConvertDialogProps) {
  const [choice, setChoice] = useState<CompanyChoice>(lead.businessName === null ? 'none' : 'new');
  const [company, setCompany] = useState<SearchResult>();
  const [withDeal, setWithDeal] = useState(false);
  const form = useSubmit(async (read) => {
    if (choice === 'known' && company === undefined) {
      return { message: 'Search the company and choose it, or take another choice.' };
    }
    try {
      const body = toConversion(read, choice, company?.id, withDeal);
      const answer = await data.rest.send('POST', `/api/leads/${lead.id}/convert`, body);
      onConverted(readAnswer(conversionSchema, answer));
    } catch (error) {
      return toFormProblem(toProblem(error));
    }
    onClose();
    return undefined;
  }, conversionInputs);
  return (
    <FormDialog
      title={`Convert ${nameOfLead(lead)}`}
      lead="The lead becomes a contact. It stays in the list of leads as converted, which cannot be taken back."
      form={form}
      submit="Convert lead"
      isWide
      onClose={onClose}
    >
      <ContactInputs lead={lead} errorOf={form.errorOf} />
      <fieldset className="convert__part">
        <legend>Company</legend>
        <CompanyChoices choice={choice} onChoose={setChoice} />
        {choice === 'new' && <CompanyInputs lead={lead} errorOf={form.errorOf} />}
        {choice === 'known' && company === undefined && (
          <RecordPicker
            rest={data.rest}
            type="company"
            label="Search the company"
            except={[]}
            isFocused
            onPick={setCompany}
          />
        )}
        {choice === 'known' && company !== undefined && (
          <p>
            {company.name}{' '}
            <button
              className="button button--quiet button--small"
              type="button"
              onClick={() => setCompany(undefined)}
            >
              Choose another
            </button>
          </p>
        )}
      </fieldset>
      <fieldset className="convert__part">
        <legend>Deal</legend>
        <label className="choices__choice">
          <input
            type="checkbox"
            checked={withDeal}
            onChange={(event) => setWithDeal(event.currentTarget.checked)}
          />
          Open a deal with them
        </label>
        {withDeal && <DealInputs data={data} lead={lead} errorOf={form.errorOf} />}
      </fieldset>
    </FormDialog>
  );
}

interface InputsProps {
  readonly lead: LeadView;
  readonly errorOf: (field: string) => string | undefined;
}

function ContactInputs({ lead, errorOf }: InputsProps) {
  const { firstName, lastName } = splitName(lead.contactName);
  const inputOf = (field: string) => ({
    name: inputName(`contactData.${field}`),
    error: errorOf(inputName(`contactData.${field}`)),
    autoComplete: 'off',
  });
  return (
    <fieldset className="convert__part">
      <legend>Contact</legend>
      <div className="convert__inputs">
        <Field label="First name" defaultValue={firstName} required {...inputOf('firstName')} />
        <Field label="Last name" defaultValue={lastName} {...inputOf('lastName')} />
        <Field
          label="E-mail"
          inputMode="email"
          defaultValue={lead.email ?? ''}
          {...inputOf('email')}
        />
        <Field label="Phone" type="tel" defaultValue={lead.phone ?? ''} {...inputOf('phone')} />
        <Field label="Job title" {...inputOf('title')} />
      </div>
    </fieldset>
  );
}

const companyChoices = [
  { id: 'new', name: 'A new company' },
  { id: 'known', name: 'A company on record' },
  { id: 'none', name: 'No company' },
] as const;

interface CompanyChoicesProps {
  readonly choice: CompanyChoice;
  readonly onChoose: (choice: CompanyChoice) => void;
}

function CompanyChoices({ choice, onChoose }: CompanyChoicesProps) {
  return (
    <div className="choices">
      {companyChoices.map(({ id, name }) => (
        <label key={id} className="choices__choice">
          <input
            type="radio"
            name="company"
            checked={id === choice}
            onChange={() => onChoose(id)}
          />
          {name}
        </label>
      ))}
    </div>
  );
}

function CompanyInputs({ lead, errorOf }: InputsProps) {
  const inputOf = (field: string) => ({
    name: inputName(`companyData.${field}`),
    error: errorOf(inputName(`companyData.${field}`)),
    autoComplete: 'off',
  });
  return (
    <div className="convert__inputs">
      <Field label="Name" defaultValue={lead.businessName ?? ''} required {...inputOf('name')} />
      <Field label="Domain" hint="optional" {...inputOf('domain')} />
    </div>
  );
}

function DealInputs({ data, lead, errorOf }: InputsProps & { readonly data: WorkspaceData }) {
  const org = useLive(data.watchOrg);
  const currency = org.status === 'ready' ? org.value?.currency : undefined;
  const inputOf = (field: string) => ({
    name: inputName(`deal.${field}`),
    error: errorOf(inputName(`deal.${field}`)),
    autoComplete: 'off',
  });
  return (
    <div className="convert__inputs">
      <Field label="Title" defaultValue={nameOfLead(lead)} required {...inputOf('title')} />
      <Field
        label="Value"
        {...(currency === undefined ? {} : { hint: currency })}
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        required
        {...inputOf('value')}
      />
      <Field label="Expected close" hint="optional" type="date" {...inputOf('expectedCloseDate')} />
    </div>
  );
}
