import type { NotificationKind, NotificationSettingsView } from '@splitline/functions/contracts';

export type Channel = 'inbox' | 'email';
export type Digest = NotificationSettingsView['digest'];

/** One change of what the person wants to be told; what is left out stays. */
export interface SettingsChange {
  readonly kinds?: { readonly [kind in NotificationKind]?: { readonly [c in Channel]?: boolean } };
  readonly digest?: Digest;
}

/** The settings as they will be once the server has the change; when the next digest is due it alone knows. */
export function applyChange(
  settings: NotificationSettingsView,
  { kinds = {}, digest = settings.digest }: SettingsChange,
): NotificationSettingsView {
  const changed = Object.entries(settings.kinds).map(([kind, channels]) => [
    kind,
    { ...channels, ...Object.entries(kinds).find(([other]) => other === kind)?.[1] },
  ]);
  const nextDigestAt = digest === settings.digest ? settings.nextDigestAt : null;
  return { kinds: Object.fromEntries(changed), digest, nextDigestAt };
}
