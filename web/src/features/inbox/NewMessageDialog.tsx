import type { Rest } from '../../data/port.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { RecordPicker } from '../search/RecordPicker.tsx';
import type { Correspondence } from './conversation-id.ts';

interface NewMessageDialogProps {
  readonly rest: Rest;
  readonly onClose: () => void;
  readonly onChoose: (chosen: Correspondence) => void;
}

/** Asks whom to write to. The channel can be changed afterwards. */
export function NewMessageDialog({ rest, onClose, onChoose }: NewMessageDialogProps) {
  return (
    <Dialog title="New message" onClose={onClose}>
      <p className="dialog__text">Whom do you want to write to?</p>
      <RecordPicker
        rest={rest}
        type="contact"
        label="Find a contact"
        except={[]}
        isFocused
        onPick={({ id, phone, email }) =>
          onChoose({
            contactId: id,
            channel: phone === null && email !== null ? 'EMAIL' : 'SMS',
          })
        }
      />
    </Dialog>
  );
}
