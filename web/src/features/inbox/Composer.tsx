import { MAX_TEXT } from '@splitline/functions/contracts';
import { type FormEvent, type KeyboardEvent, type RefObject, useId, useState } from 'react';
import type { Outlook } from '../../data/messages.ts';
import { channelNames } from './conversation-id.ts';
import { sizeOfText } from './segments.ts';

interface ComposerProps {
  readonly outlook: Outlook;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onSend: (subject: string | undefined) => void;
  readonly onDraft: () => void;
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

const MAX_MAIL = 20_000;

/** Where one writes a message; Ctrl or ⌘ with Enter sends it. */
export function Composer({ outlook, text, onText, onSend, onDraft, input }: ComposerProps) {
  const { channel, heldUntil, contact } = outlook;
  const [subject, setSubject] = useState('');
  const hintId = useId();
  const isMail = channel === 'EMAIL';
  const isTooLong = text.trim().length > (isMail ? MAX_MAIL : MAX_TEXT);
  const canSend = text.trim() !== '' && !isTooLong;
  const send = () => {
    if (!canSend) {
      input.current?.focus();
      return;
    }
    onSend(isMail && subject.trim() !== '' ? subject.trim() : undefined);
    setSubject('');
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="composer" onSubmit={onSubmit}>
      {isMail && (
        <input
          className="input"
          aria-label="Subject"
          placeholder="Subject (without one it names your organisation)"
          maxLength={300}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
      )}
      <textarea
        ref={input}
        className="input input--lines composer__text"
        aria-label={`Message to ${contact.firstName}`}
        aria-describedby={hintId}
        aria-invalid={isTooLong}
        placeholder={isMail ? 'Write an e-mail…' : `Write by ${channelNames[channel]}…`}
        rows={isMail ? 6 : 3}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer__foot">
        <span className="soft small composer__size" id={hintId}>
          <Size text={text.trim()} channel={channel} isTooLong={isTooLong} />
        </span>
        <button className="button" type="button" onClick={onDraft}>
          Draft with AI…
        </button>
        <button
          className="button button--primary composer__send"
          type="submit"
          disabled={!canSend}
          title="Ctrl+Enter or ⌘ Enter"
        >
          {heldUntil === null ? 'Send' : 'Schedule'}
        </button>
      </div>
    </form>
  );
}

interface SizeProps {
  readonly text: string;
  readonly channel: Outlook['channel'];
  readonly isTooLong: boolean;
}

/** How long the text is, and what it takes to send it. */
function Size({ text, channel, isTooLong }: SizeProps) {
  const number = new Intl.NumberFormat();
  if (isTooLong) {
    const most = channel === 'EMAIL' ? MAX_MAIL : MAX_TEXT;
    return (
      <span className="field__error">
        {number.format(text.length)} characters: at most {number.format(most)} can be sent. Shorten
        it.
      </span>
    );
  }
  if (text === '') return null;
  if (channel !== 'SMS') return <>{number.format(text.length)} characters</>;
  const { characters, parts, isUnicode } = sizeOfText(text);
  return (
    <>
      {number.format(characters)} {characters === 1 ? 'character' : 'characters'} · {parts} SMS
      {isUnicode && ' (special characters leave less room)'}
    </>
  );
}
