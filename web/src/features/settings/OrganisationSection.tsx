import { orgChangeSchema, orgViewSchema } from '@splitline/functions/contracts';
import { useCallback, useMemo } from 'react';
import type { z } from 'zod';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Field, SelectField } from '../../ui/Field.tsx';
import { formatDayIn, nameOfZone } from '../../ui/format.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { FormFoot } from './FormFoot.tsx';
import { SectionHead } from './SectionHead.tsx';
import { emptyIsNull, useContractForm } from './useContractForm.ts';

const PATH = '/api/settings/organisation';
type OrgView = z.infer<typeof orgViewSchema>;

/** The organisation's own facts. */
export default function OrganisationSection({ data }: { readonly data: WorkspaceData }) {
  const { rest } = data;
  const org = useLoad(useCallback(() => rest.get(PATH, orgViewSchema), [rest]));
  return (
    <section className="section" aria-label="Organisation">
      <SectionHead
        title="Organisation"
        lead="Dates and amounts are written the way each reader’s browser is set; the days themselves are those of the organisation’s time zone."
      />
      {org.status === 'loading' && <Loading what="the organisation" />}
      {org.status === 'failed' && (
        <Failure
          title="The organisation cannot be shown"
          message={org.problem.message}
          onRetry={org.reload}
        />
      )}
      {org.status === 'ready' && (
        <OrganisationForm
          key={org.value.version}
          data={data}
          org={org.value}
          onSaved={org.reload}
        />
      )}
    </section>
  );
}

interface OrganisationFormProps {
  readonly data: WorkspaceData;
  readonly org: OrgView;
  readonly onSaved: () => void;
}

function OrganisationForm({ data, org, onSaved }: OrganisationFormProps) {
  const { name, industry, timeZone, version } = org;
  const zones = useMemo(() => zonesWith(timeZone), [timeZone]);
  const form = useContractForm({
    schema: orgChangeSchema,
    defaultValues: { version, name, industry, timeZone },
    run: async (change) => {
      await data.rest.send('PATCH', PATH, change);
    },
    done: 'The organisation is saved.',
    onDone: onSaved,
  });
  return (
    <form className="form settings__form" onSubmit={form.onSubmit}>
      <Field
        {...form.register('name')}
        label="Name"
        required
        maxLength={200}
        autoComplete="organization"
        error={form.errorOf('name')}
      />
      <Field
        {...form.register('industry', emptyIsNull)}
        label="Industry"
        hint="optional"
        maxLength={100}
        error={form.errorOf('industry')}
      />
      <SelectField
        {...form.register('timeZone')}
        label="Time zone"
        error={form.errorOf('timeZone')}
      >
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {nameOfZone(zone)}
          </option>
        ))}
      </SelectField>
      <p className="soft small">
        Another zone holds from now on. Days that were counted stay where they are, and so does the
        schedule of payouts until you change it.
      </p>
      <dl className="settings__facts">
        <dt>Currency</dt>
        <dd>{org.currency}, chosen at sign-up. Amounts that name no currency are in it.</dd>
        <dt>Since</dt>
        <dd>{formatDayIn(timeZone, org.createdAt)}</dd>
        <dt>Organisation id</dt>
        <dd>
          <code>{org.id}</code>
        </dd>
      </dl>
      <FormFoot form={{ ...form, versionError: form.errorOf('version') }} submit="Save changes" />
    </form>
  );
}

/** The zones that the browser knows; the organisation's may be one that it does not. */
function zonesWith(zone: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), zone])].toSorted();
}
