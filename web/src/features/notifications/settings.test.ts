import { describe, expect, it } from '@jest/globals';
import {
  type NotificationSettingsView,
  notificationKindSchema,
  notificationSettingsViewSchema,
} from '@splitline/functions/contracts';
import { applyChange } from './settings.ts';

const settings: NotificationSettingsView = notificationSettingsViewSchema.parse({
  kinds: Object.fromEntries(
    notificationKindSchema.options.map((kind) => [kind, { inbox: true, email: false }]),
  ),
  ...{ digest: 'daily', nextDigestAt: '2026-03-02T07:00:00.000Z' },
});

describe('applyChange', () => {
  it('changes the given channel of the given kind and keeps the rest', () => {
    const changed = applyChange(settings, { kinds: { deal_won: { email: true } } });
    expect(changed.kinds.deal_won).toEqual({ inbox: true, email: true });
    expect({ ...changed, kinds: { ...changed.kinds, deal_won: settings.kinds.deal_won } }).toEqual(
      settings,
    );
  });

  it('leaves open when another digest is due', () => {
    expect(applyChange(settings, { digest: 'weekly' }).nextDigestAt).toBeNull();
    expect(applyChange(settings, { digest: 'daily' })).toEqual(settings);
  });
});
