import type { UseFormRegisterReturn } from 'react-hook-form';
import { colours } from './stage-words.ts';

/** A choice among the colours that a stage can have. */
export function ColourField({ input }: { readonly input: UseFormRegisterReturn }) {
  return (
    <fieldset className="choices">
      <legend className="field__label">Colour</legend>
      <div className="colours">
        {colours.map((colour) => (
          <label key={colour} className="colours__colour" data-colour={colour}>
            <input {...input} type="radio" value={colour} />
            <span className="colours__dot" aria-hidden="true" />
            <span className="visually-hidden">{colour}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
