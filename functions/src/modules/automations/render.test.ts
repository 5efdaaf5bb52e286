import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { render } from './render.ts';
import { brokenFieldOf, fieldsOfTemplate } from './templates.ts';

const scope = {
  deal: {
    ...{ title: 'Website', valueMinor: 150_050, currency: 'USD', tags: ['VIP', 'Hot'] },
    ...{ companyId: null, expectedCloseDate: new Date('2026-03-08T00:00:00Z') },
    closedAt: new Date('2026-03-01T03:30:00Z'),
    customFields: { region: 'North', signed: true, budget: { amountMinor: 500, currency: 'JPY' } },
  },
  contact: { firstName: 'Zoë', lastName: null },
  lead: { contactName: null, businessName: 'Acme' },
  owner: undefined,
};
const inUtc = { timeZone: 'UTC' };

describe('render', () => {
  it.each([
    ['Hello {{contact.firstName}}!', 'Hello Zoë!'],
    ['{{ deal.title }}/{{deal.title}}', 'Website/Website'],
    ['{{deal.value}} {{deal.valueMinor}}', '$1,500.50 $1,500.50'],
    ['{{deal.customFields.budget}}', '¥500'],
    ['{{deal.tags}}', 'VIP, Hot'],
    ['{{deal.customFields.signed}}', 'yes'],
    ['{{deal.expectedCloseDate}}', '2026-03-08'],
    ['{{contact.name}} {{lead.name}}', 'Zoë Acme'],
    ['[{{deal.companyId}}{{owner.name}}{{nobody.name}}]', '[]'],
    [
      '{{deal.constructor}}{{deal.__proto__.x}}{{deal.customFields.toString}}',
      '{{deal.__proto__.x}}',
    ],
    ['{ {deal.title} } {{deal}} {{ }}', '{ {deal.title} } {{deal}} {{ }}'],
    ['مرحبا {{contact.firstName}} 👩‍👩‍👧 {{deal.title}}', 'مرحبا Zoë 👩‍👩‍👧 Website'],
  ])('%s', (template, expected) => {
    expect(render(template, scope, inUtc)).toBe(expected);
  });

  it('writes an instant as it is in the zone', () => {
    const template = '{{deal.closedAt}}';
    expect(render(template, scope, inUtc)).toMatch(/^Mar 1, 2026, 3:30\sAM$/);
    expect(render(template, scope, { timeZone: 'America/Denver' })).toMatch(
      /^Feb 28, 2026, 8:30\sPM$/,
    );
  });

  it('escapes values, and nothing else, for HTML', () => {
    const named = { contact: { firstName: `<b>"O'Neil" & Co</b>` } };
    expect(render('<p>{{contact.firstName}}</p>', named, { ...inUtc, escape: 'html' })).toBe(
      '<p>&lt;b&gt;&quot;O&#39;Neil&quot; &amp; Co&lt;/b&gt;</p>',
    );
    expect(render('<p>{{contact.firstName}}</p>', named, inUtc)).toContain(`<b>"O'Neil"`);
  });

  it('puts any value in as it is, whatever it looks like', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      'deal.title',
      'secret.key',
      '{',
      '$&',
      '$1',
      '‮',
      '👩',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(pieces).map((p) => p.join('')),
    );
    fc.assert(
      fc.property(texts, texts, (title, secret) => {
        const given = { deal: { title }, secret: { key: secret } };
        expect(render('a{{deal.title}}b{{deal.title}}', given, inUtc)).toBe(`a${title}b${title}`);
        // Two values side by side make no field together.
        expect(render('{{deal.title}}{{secret.key}}', given, inUtc)).toBe(title + secret);
      }),
    );
  });
});

describe('a template', () => {
  it('names its fields', () => {
    expect(fieldsOfTemplate('{{deal.title}} {{ deal.customFields.region }} {{x}}')).toEqual([
      ...['deal.title', 'deal.customFields.region'],
    ]);
  });

  it.each([
    ['{{deal.title}}', undefined],
    ['{{deal}}', '{{deal}}'],
    ['{{deal.title', '{{deal.title'],
    ['{{deal.title}', '{{deal.title'],
    ['{{#if deal.title}}', '{{#if deal.title}}'],
    ['{{deal title}}', '{{deal title}}'],
    ['{{{deal.title}}}', undefined],
    ['a } b { c', undefined],
  ])('is told from what is none: %s', (template, broken) => {
    expect(brokenFieldOf(template)).toBe(broken);
  });
});
