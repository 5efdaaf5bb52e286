import { useEffect, useRef } from 'react';
import { refusal } from '../../../data/refusal.ts';
import type { SaveText } from '../../../ui/InlineField.tsx';

/**
 * Keeps a field from saving over what somebody else wrote while the person was typing: the first
 * attempt says what it is by now, the second one saves. `shown` is how the stored value reads.
 */
export function useGuard(stored: string, shown: string, save: SaveText) {
  const latest = useRef(stored);
  const typedOver = useRef<string>(undefined);
  useEffect(() => {
    latest.current = stored;
  }, [stored]);
  const guarded: SaveText = async (text) => {
    if (typedOver.current !== undefined && typedOver.current !== latest.current) {
      typedOver.current = latest.current;
      throw refusal(
        `Meanwhile it was changed to ${shown || 'nothing'}. Save again to put yours in its place, or press Escape to keep that.`,
      );
    }
    await save(text);
    typedOver.current = undefined;
  };
  /** For the element around the field. */
  const around = {
    onInputCapture: () => {
      typedOver.current ??= latest.current;
    },
    onKeyDownCapture: (event: { readonly key: string }) => {
      if (event.key === 'Escape') typedOver.current = undefined;
    },
  };
  return { guarded, around };
}
