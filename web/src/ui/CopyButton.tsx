import { useState } from 'react';
import { useNotices } from './Toasts.tsx';

interface CopyButtonProps {
  /** What is copied, for those who do not see where the button stands. */
  readonly what: string;
  readonly text: string;
}

/** Puts a text into the clipboard, and says so. */
export function CopyButton({ what, text }: CopyButtonProps) {
  const { announce, warn } = useNotices();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
      announce(`${what} is in the clipboard.`);
    } catch {
      warn('Your browser did not allow the copy. Select the text and copy it by hand.');
    }
  };
  return (
    <button className="button button--small" type="button" onClick={() => void copy()}>
      {isCopied ? 'Copied' : 'Copy'}
      <span className="visually-hidden"> {what}</span>
    </button>
  );
}
