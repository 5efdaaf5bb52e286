import { Dialog } from '../../ui/Dialog.tsx';

interface LeaveDialogProps {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Asks whether unsaved changes are to be lost. */
export function LeaveDialog({ onStay, onLeave }: LeaveDialogProps) {
  return (
    <Dialog title="Leave without saving?" onClose={onStay}>
      <p className="dialog__text">What you have changed since the last save is lost then.</p>
      <div className="form__actions">
        <button className="button button--danger" type="button" onClick={onLeave}>
          Leave without saving
        </button>
        <button className="button" type="button" onClick={onStay}>
          Stay here
        </button>
      </div>
    </Dialog>
  );
}
