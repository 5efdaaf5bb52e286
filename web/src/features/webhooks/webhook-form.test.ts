import { describe, expect, it } from '@jest/globals';
import { bodyOf, inputOf, webhookFormSchema } from './webhook-form.ts';

const webhook = {
  ...{ id: 'w1', url: 'https://example.com/hooks', types: ['deal.won'], description: '' },
  filters: { recordType: 'deal', teamId: null, ownerId: 'u1' },
  ...{ headerNames: ['X-Api-Key'], status: 'active' as const, disabledReason: null },
  ...{ disabledAt: null, previousSecretUntil: null, version: 3 },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
};

function problemsOf(input: object): Record<string, string> {
  const parsed = webhookFormSchema.safeParse({ ...inputOf(undefined), ...input });
  const issues = parsed.error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));
}

describe('the form of a webhook', () => {
  it('says what an empty one lacks', () => {
    expect(problemsOf({})).toEqual({
      url: 'Enter the address that events are sent to.',
      types: 'Choose at least one type of event.',
    });
  });

  it('says at a header what is wrong with it, and takes an empty line for none', () => {
    const headers = [
      { name: 'X-Api-Key', value: 'secret' },
      { name: 'x-api-key', value: 'other' },
      { name: 'no name', value: 'x' },
      { name: 'X-Empty', value: '' },
      { name: '', value: '' },
    ];
    expect(problemsOf({ url: 'https://a.example', types: ['*'], headers })).toEqual({
      'headers.1.name': 'This header is there twice.',
      'headers.2.name': 'Write the name of a header, such as X-Api-Key.',
      'headers.3.value': 'Use 1 to 1,000 visible ASCII characters.',
    });
  });

  it('becomes a new webhook', () => {
    const fields = webhookFormSchema.parse({
      ...inputOf(undefined),
      ...{ url: ' https://a.example/x ', types: ['deal.won', 'deal.won'], teamId: 't1' },
      headers: [
        { name: 'X-Key', value: 'k' },
        { name: '', value: '' },
      ],
    });
    expect(bodyOf(fields, undefined)).toEqual({
      ...{ url: 'https://a.example/x', description: '', types: ['deal.won'] },
      filters: { recordType: null, teamId: 't1', ownerId: null },
      headers: { 'X-Key': 'k' },
    });
  });

  it('leaves alone what it does not show: the kind of record and the headers', () => {
    const body = bodyOf(webhookFormSchema.parse(inputOf(webhook)), webhook);
    expect(body).toMatchObject({ version: 3, filters: { recordType: 'deal', ownerId: 'u1' } });
    expect(body).not.toHaveProperty('headers');
  });
});
