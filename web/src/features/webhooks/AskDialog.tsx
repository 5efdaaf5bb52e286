import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';

interface AskDialogProps {
  readonly title: string;
  /** What follows from it. */
  readonly lead: string;
  readonly submit: string;
  readonly done: string;
  readonly isDangerous?: boolean;
  readonly run: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before one command. */
export function AskDialog({
  title,
  lead,
  submit,
  done,
  run,
  onClose,
  onDone,
  ...rest
}: AskDialogProps) {
  const form = useCommand({
    done,
    onDone,
    run: async () => {
      await run();
      return undefined;
    },
  });
  return (
    <FormDialog
      title={title}
      lead={lead}
      form={form}
      submit={submit}
      isDangerous={rest.isDangerous ?? false}
      onClose={onClose}
    />
  );
}
