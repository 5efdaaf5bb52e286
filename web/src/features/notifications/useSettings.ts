import {
  type NotificationSettingsView,
  notificationSettingsViewSchema,
} from '@splitline/functions/contracts';
import { useRef, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { useNotices } from '../../ui/Toasts.tsx';
import { applyChange, type SettingsChange } from './settings.ts';

const PATH = '/api/notifications/settings';

export function loadSettings(rest: Rest): Promise<NotificationSettingsView> {
  return rest.get(PATH, notificationSettingsViewSchema);
}

/** The settings, each change of which is shown at once and sent after the one before it. */
export function useSettings(rest: Rest, loaded: NotificationSettingsView) {
  const [shown, setShown] = useState(loaded);
  const stored = useRef(loaded);
  const sending = useRef(Promise.resolve());
  const waiting = useRef(0);
  const { warn, announce } = useNotices();
  const send = async (change: SettingsChange) => {
    try {
      const answer = await rest.send('PUT', PATH, change);
      stored.current = readAnswer(notificationSettingsViewSchema, answer);
      announce('Saved.');
    } catch (error) {
      warn(`Your settings were not changed. ${toProblem(error).message}`);
    }
    waiting.current -= 1;
    // What is still to be sent is shown already.
    if (waiting.current === 0) setShown(stored.current);
  };
  const change = (wanted: SettingsChange) => {
    setShown((before) => applyChange(before, wanted));
    waiting.current += 1;
    sending.current = sending.current.then(() => send(wanted));
  };
  return { settings: shown, change };
}
