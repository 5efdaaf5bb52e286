import { onboardingLinkSchema, payeeProgressSchema } from '@splitline/functions/contracts';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { WorkspaceData } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';
import { useLoad } from '../../data/useLoad.ts';
import { nothingToReload, usePolling } from '../../data/usePolling.ts';

/** The countries that an account can be opened in here; Stripe serves more, which the REST door takes. */
const countries = [
  ...['AT', 'AU', 'BE', 'CA', 'CH', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'JP'],
  ...['LU', 'NL', 'NO', 'NZ', 'PL', 'PT', 'SE', 'SG', 'US'],
];
const nameOf = new Intl.DisplayNames(undefined, { type: 'region' });

/** How a payee is paid: the way to an account at Stripe, and how far one is on it. */
export function PaidByStripe({ data }: { readonly data: WorkspaceData }) {
  const { rest } = data;
  const [search] = useSearchParams();
  const [country, setCountry] = useState('US');
  const [isOpening, setIsOpening] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const load = useCallback(() => rest.get('/api/payees/me', payeeProgressSchema), [rest]);
  const payee = useLoad(load);
  const isBack = search.get('onboarding') === 'done';
  const isAwaited = isBack && payee.status === 'ready' && payee.value.state === 'incomplete';
  // Stripe tells of what was entered there within seconds.
  usePolling(isAwaited, payee.status === 'loading' ? nothingToReload : payee.reload);
  if (payee.status === 'loading') return null;
  if (payee.status === 'failed') {
    return (
      <p className="message message--warning" role="alert">
        How you are paid cannot be shown: {payee.problem.message}{' '}
        <button className="button button--quiet" type="button" onClick={payee.reload}>
          Try again
        </button>
      </p>
    );
  }
  const { state } = payee.value;
  const isNew = state === 'not_started';
  const start = async () => {
    setIsOpening(true);
    setProblem(undefined);
    try {
      const body = isNew ? { country } : {};
      const link = onboardingLinkSchema.parse(
        await rest.send('POST', '/api/payees/me/onboarding', body),
      );
      window.location.assign(link.url);
    } catch (error) {
      setProblem(toProblem(error));
      setIsOpening(false);
    }
  };
  return (
    <section className="section" aria-labelledby="paid-by-stripe">
      <h2 id="paid-by-stripe" className="section__title">
        How you are paid
      </h2>
      {search.get('onboarding') === 'expired' && (
        <p className="message message--warning">
          The link to Stripe was no longer valid. Go on below with a new one.
        </p>
      )}
      <p className="soft">{isAwaited ? 'Stripe is taking in what you entered…' : words[state]}</p>
      {problem !== undefined && (
        <p className="message message--warning" role="alert">
          {problem.message}
        </p>
      )}
      {canGoOn.has(state) && (
        <div className="paid-by">
          {isNew && (
            <label className="picker">
              <span className="picker__label">Your bank is in</span>
              <select
                className="input"
                value={country}
                onChange={(event) => setCountry(event.target.value)}
              >
                {countries.map((code) => (
                  <option key={code} value={code}>
                    {nameOf.of(code)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <button
            className="button"
            type="button"
            disabled={isOpening}
            onClick={() => void start()}
          >
            {isOpening ? 'Opening Stripe…' : 'Continue at Stripe'}
          </button>
        </div>
      )}
    </section>
  );
}

const words = {
  not_started:
    'By the bank transfer that your administrator makes. To be paid by Stripe instead, give Stripe your bank details.',
  incomplete: 'Stripe still needs some details from you before you can be paid that way.',
  in_review: 'Stripe is checking your details. There is nothing for you to do.',
  ready: 'By Stripe, to the bank account that you gave there.',
  bank_missing: 'By Stripe; the money waits there until you complete your bank details.',
  bank_refused: 'Your bank refused the last payment from Stripe. Correct your bank details there.',
  rejected: 'Stripe has closed your account. Your administrator pays you by other means.',
} as const;

const canGoOn: ReadonlySet<string> = new Set([
  'not_started',
  'incomplete',
  'bank_missing',
  'bank_refused',
]);
