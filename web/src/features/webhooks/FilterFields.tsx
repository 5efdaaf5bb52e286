import { useCallback } from 'react';
import { useFormContext } from 'react-hook-form';
import { teamListSchema } from '../../data/plans.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { usePeople } from '../../data/usePeople.ts';
import { SelectField } from '../../ui/Field.tsx';
import type { WebhookInput } from './webhook-form.ts';

/** Whose records the events must be about. */
export function FilterFields({ data }: { readonly data: WorkspaceData }) {
  const { rest } = data;
  const people = usePeople(data);
  const teams = useLoad(useCallback(() => rest.get('/api/teams', teamListSchema), [rest]));
  const { register, formState, watch } = useFormContext<WebhookInput>();
  const { errors } = formState;
  // Until they have come, what is chosen is an option of its own; and it stays chosen when they have.
  const [teamId, ownerId] = watch(['teamId', 'ownerId']);
  const named = teams.status === 'ready' ? teams.value.teams : [];
  return (
    <div className="webhook__pair">
      <SelectField
        {...register('teamId')}
        value={teamId}
        label="Only records of the team"
        error={errors.teamId?.message}
      >
        <option value="">All teams</option>
        {teamId !== '' && !named.some(({ id }) => id === teamId) && (
          <option value={teamId}>The team chosen before</option>
        )}
        {named.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        {...register('ownerId')}
        value={ownerId}
        label="Only records owned by"
        error={errors.ownerId?.message}
      >
        <option value="">Everybody</option>
        {ownerId !== '' && !people.has(ownerId) && (
          <option value={ownerId}>The person chosen before</option>
        )}
        {[...people.values()].map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
