import type { Stage } from '@splitline/functions/contracts';
import { z } from 'zod';
import type { Rest, Stored } from '../../data/port.ts';
import { readAnswer } from '../../data/records.ts';
import { SelectField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import type { OrderedWork } from './JobNotice.tsx';

interface DeleteStageDialogProps {
  readonly rest: Rest;
  readonly stage: Stored<Stage>;
  readonly stages: readonly Stored<Stage>[];
  readonly onOrdered: (work: OrderedWork) => void;
  readonly onClose: () => void;
}

const orderedSchema = z.object({ jobId: z.string() });

/** Deletes a stage; its deals move to another one that means the same for what they pay. */
export function DeleteStageDialog(props: DeleteStageDialogProps) {
  const { rest, stage, stages, onOrdered, onClose } = props;
  const targets = stages.filter(
    ({ id, kind, closing }) =>
      id !== stage.id && closing === null && (kind === 'won') === (stage.kind === 'won'),
  );
  const form = useCommand({
    done: `${stage.name} is being deleted.`,
    onDone: onClose,
    fields: ['moveToStageId'],
    run: async (read) => {
      const answer = await rest.send('DELETE', `/api/stages/${stage.id}`, {
        moveToStageId: read('moveToStageId'),
      });
      const { jobId } = readAnswer(orderedSchema, answer);
      onOrdered({ jobId, what: `Moving the deals of ${stage.name}` });
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Delete ${stage.name}?`}
      lead="It takes no more deals at once. Those in it move to the other stage, which their history shows, and some minutes later the stage is gone for good."
      form={form}
      submit="Delete stage"
      isDangerous
      onClose={onClose}
    >
      <SelectField
        label="Move its deals to"
        name="moveToStageId"
        required
        defaultValue=""
        error={form.errorOf('moveToStageId')}
      >
        <option value="">
          {targets.length === 0 ? 'There is no other stage of this kind' : 'Choose a stage'}
        </option>
        {targets.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
