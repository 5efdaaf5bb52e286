import { useState } from 'react';
import { Combobox } from '../../ui/Combobox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { findField } from './kit.ts';
import { useScope } from './scope.ts';
import { useKit } from './useKit.ts';
import { capital, recordName } from './words.ts';

interface InsertFieldProps {
  readonly onClose: () => void;
  readonly onChoose: (field: string) => void;
}

const MAX_SHOWN = 40;

/** Finds a merge field by its name. */
export function InsertField({ onClose, onChoose }: InsertFieldProps) {
  const kit = useKit();
  const { mergeFields } = useScope();
  const [text, setText] = useState('');
  const words = text.toLowerCase().split(/\s+/);
  const options = mergeFields
    .map((field) => ({ id: field, label: labelOf(field), detail: `{{${field}}}` }))
    .filter(({ id, label }) =>
      words.every((word) => `${id} ${label}`.toLowerCase().includes(word)),
    );
  function labelOf(field: string): string {
    const [root = '', name = ''] = [field.split('.')[0], field.slice(field.indexOf('.') + 1)];
    const known = findField(kit, [root], root === 'event' ? field : name)?.label;
    return `${rootNames[root] ?? recordName(root)}: ${(known ?? capital(name)).toLowerCase()}`;
  }
  return (
    <Dialog title="Insert a field" onClose={onClose}>
      <p className="dialog__text">When the step runs, the field’s value stands in its place.</p>
      <Combobox
        label="Find a field"
        placeholder="Find a field"
        text={text}
        onText={setText}
        options={options.slice(0, MAX_SHOWN)}
        onChoose={onChoose}
        status={options.length === 0 ? 'There is no such field. Try fewer letters.' : undefined}
        isFocused
      />
    </Dialog>
  );
}

const rootNames: Readonly<Record<string, string>> = {
  owner: 'The owner',
  org: 'Your organisation',
  event: 'The event',
};
