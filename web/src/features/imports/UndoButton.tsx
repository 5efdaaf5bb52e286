import { useState } from 'react';
import type { ImportDetail } from '../../data/imports.ts';
import type { Rest } from '../../data/port.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { typeWords } from './import-words.ts';

interface UndoButtonProps {
  readonly rest: Rest;
  readonly source: ImportDetail;
  readonly created: number;
  readonly onUndone: () => void;
}

/** Takes an import back, after naming what stays. */
export function UndoButton({ rest, source, created, onUndone }: UndoButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { noun, plural } = typeWords[source.recordType];
  const close = () => setIsAsking(false);
  const form = useCommand({
    done: 'The import is being undone.',
    onDone: () => {
      close();
      onUndone();
    },
    run: async () => {
      await rest.send('POST', `/api/imports/${source.id}/undo`);
      return undefined;
    },
  });
  return (
    <>
      <button className="button" type="button" onClick={() => setIsAsking(true)}>
        Undo import…
      </button>
      {isAsking && (
        <FormDialog
          title="Undo this import?"
          lead={`The ${created === 1 ? noun : `${created} ${plural}`} that it created ${created === 1 ? 'goes' : 'go'} into the bin. What was changed since then stays, and so do changes to ${plural} that were there before.`}
          form={form}
          submit="Undo import"
          isDangerous
          onClose={close}
        />
      )}
    </>
  );
}
