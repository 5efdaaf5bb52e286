import type { Rest } from '../../data/port.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { TemplateGallery } from './TemplateGallery.tsx';

interface NewWorkflowDialogProps {
  readonly rest: Rest;
  readonly onClose: () => void;
}

/** Asks what a new workflow starts from. */
export function NewWorkflowDialog({ rest, onClose }: NewWorkflowDialogProps) {
  return (
    <Dialog title="New workflow" onClose={onClose} isWide>
      <p className="dialog__text">Start from a blank one or from a template.</p>
      <TemplateGallery rest={rest} />
      <div className="form__actions">
        <button className="button button--quiet" type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
