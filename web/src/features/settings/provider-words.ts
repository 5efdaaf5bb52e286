import type { Provider } from '@splitline/functions/contracts';

interface ProviderWords {
  readonly name: string;
  readonly purpose: string;
  /** What works without it. */
  readonly without: string;
}

export const providerWords: Readonly<Record<Provider['id'], ProviderWords>> = {
  stripe: {
    name: 'Stripe',
    purpose: 'Pays people by transfer, and reports what customers have paid.',
    without: 'Until it is set up, pay by hand and mark payouts as paid.',
  },
  twilio: {
    name: 'Twilio',
    purpose: 'Sends and receives texts and WhatsApp messages.',
    without: 'Until it is set up, no text is sent; mails are not concerned.',
  },
  openai: {
    name: 'OpenAI',
    purpose: 'Drafts messages for a person to edit and send.',
    without: 'Until it is set up, people write their messages themselves.',
  },
  email: {
    name: 'E-mail',
    purpose: 'Sends invitations, password resets, digests and messages over SMTP.',
    without: 'Until it is set up, nobody can be invited or reset a password by mail.',
  },
};

/** Where at the provider an address of ours is entered. */
export const placeWords: Readonly<Record<Provider['webhooks'][number]['at'], string>> = {
  account: 'Webhook endpoint for events on your account',
  connectedAccounts: 'Second endpoint, same address, for events on connected accounts',
  phoneNumbers: 'At each number, under “A message comes in”',
};

/** How somebody who deploys sets what is missing. */
export function remedyFor({ kind, name }: Provider['missing'][number]): string {
  return kind === 'secret'
    ? `firebase functions:secrets:set ${name}`
    : `${name}=… in functions/.env.<project>`;
}
