import type { Rest } from '../../data/port.ts';
import { createdSchema, type OwnedView, readAnswer } from '../../data/records.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import type { FieldSpec } from './fields.ts';
import type { Kind } from './kinds.ts';

interface AddRecordDialogProps<T extends OwnedView> {
  readonly rest: Rest;
  readonly kind: Kind<T>;
  readonly fields: readonly FieldSpec[];
  readonly onClose: () => void;
  readonly onAdded: (id: string) => void;
}

/** Adds a record of which little is known yet; the rest is filled in on its panel. */
export function AddRecordDialog<T extends OwnedView>(props: AddRecordDialogProps<T>) {
  const { rest, kind, fields, onClose, onAdded } = props;
  const form = useCommand({
    fields: fields.map(({ key }) => key),
    run: async (read) => {
      const given = fields
        .map(({ key }) => [key, read(key).trim()] as const)
        .filter(([, text]) => text !== '');
      const answer = await rest.send('POST', kind.api, Object.fromEntries(given));
      onAdded(readAnswer(createdSchema, answer).id);
      return undefined;
    },
    done: `The ${kind.noun} was added.`,
    // The address of the new record replaces the one that opened the dialog.
    onDone: () => {},
  });
  return (
    <FormDialog
      title={`Add ${kind.noun}`}
      lead="What you leave out can be filled in later."
      form={form}
      submit={`Add ${kind.noun}`}
      onClose={onClose}
    >
      {fields.map(({ key, label, isRequired = false, type = 'text' }, index) => (
        <Field
          key={key}
          label={label}
          name={key}
          {...(isRequired ? {} : { hint: 'optional' })}
          // The server says at the field what is wrong, in more words than a browser.
          type={type === 'email' || type === 'url' ? 'text' : type}
          inputMode={type === 'email' || type === 'tel' || type === 'url' ? type : undefined}
          required={isRequired}
          autoComplete="off"
          autoFocus={index === 0}
          error={form.errorOf(key)}
        />
      ))}
    </FormDialog>
  );
}
