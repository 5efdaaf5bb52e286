interface FormFootProps {
  readonly form: {
    readonly isSending: boolean;
    readonly generalError: string | undefined;
    /** Somebody else has changed it meanwhile; there is no input for that. */
    readonly versionError?: string | undefined;
  };
  readonly submit: string;
}

/** The end of a form that stands on the page: what went wrong with it as a whole, and its button. */
export function FormFoot({ form, submit }: FormFootProps) {
  const { isSending, generalError, versionError } = form;
  const problem = versionError === undefined ? generalError : OUTDATED;
  return (
    <>
      {problem !== undefined && (
        <p className="message" role="alert">
          {problem}
        </p>
      )}
      <div className="form__actions">
        <button className="button button--primary" type="submit" aria-disabled={isSending}>
          {isSending ? 'Saving…' : submit}
        </button>
      </div>
    </>
  );
}

const OUTDATED =
  'Somebody else has changed this meanwhile. Reload the page, then make your change again.';
