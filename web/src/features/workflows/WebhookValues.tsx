import { useState } from 'react';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { SpecialProps } from './SpecialFields.tsx';
import { TemplateInput } from './TemplateInput.tsx';

/** Values of its own that a call sends beside the event. */
export function WebhookValues({ config, path, onChange }: SpecialProps) {
  const [name, setName] = useState('');
  const held: unknown = config.data;
  const entries = typeof held === 'object' && held !== null ? Object.entries(held) : [];
  const set = (next: readonly (readonly [string, unknown])[]) => {
    const { data: _, ...others } = config;
    onChange(next.length === 0 ? others : { ...others, data: Object.fromEntries(next) });
  };
  const trimmed = name.trim();
  const add = () => {
    if (trimmed === '' || entries.some(([key]) => key === trimmed)) return;
    set([...entries, [trimmed, '']]);
    setName('');
  };
  return (
    <div className="settings">
      {entries.map(([key, value], index) => (
        <div key={key} className="settings__row">
          <TemplateInput
            label={key}
            path={`${path}.data.${key}`}
            value={typeof value === 'string' ? value : ''}
            onChange={(text) => set(entries.with(index, [key, text]))}
          />
          <button
            className="icon-button"
            type="button"
            aria-label={`Remove the value ${key}`}
            onClick={() => set(entries.toSpliced(index, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <div className="settings__row settings__row--low">
        <Field
          label="Value to send along"
          hint="its name"
          name={`${path}.newValue`}
          value={name}
          maxLength={64}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
        />
        <button className="button" type="button" onClick={add}>
          Add value
        </button>
      </div>
    </div>
  );
}
