import { useId, useRef } from 'react';
import type { Rest } from '../../data/port.ts';
import { useCommand } from '../../ui/useCommand.ts';

interface CommentFormProps {
  readonly rest: Rest;
  readonly disputeId: string;
}

/** One line to say something about an open dispute; the answer comes by the listener. */
export function CommentForm({ rest, disputeId }: CommentFormProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { onSubmit, isSending, errorOf, generalError } = useCommand({
    done: 'Your comment was added.',
    onDone: () => form.current?.reset(),
    fields: ['text'],
    run: async (read) => {
      await rest.send('POST', `/api/disputes/${disputeId}/comments`, { text: read('text').trim() });
      return undefined;
    },
  });
  const error = errorOf('text') ?? generalError;
  return (
    <form ref={form} className="comment" onSubmit={onSubmit}>
      <label className="visually-hidden" htmlFor={id}>
        Comment
      </label>
      <input
        id={id}
        className="input"
        name="text"
        placeholder="Add a comment"
        required
        maxLength={1000}
        autoComplete="off"
        aria-invalid={error !== undefined}
      />
      <button className="button" type="submit" aria-disabled={isSending}>
        Send
      </button>
      {error !== undefined && (
        <p className="field__error" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}
