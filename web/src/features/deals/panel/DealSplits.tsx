import type { Deal, User } from '@splitline/functions/contracts';
import { lazy, Suspense, useState } from 'react';
import type { Rest, Stored } from '../../../data/port.ts';
import { Person } from '../../../ui/Person.tsx';
import type { People } from '../usePipeline.ts';
import { toPercent } from './split-form.ts';
import type { ChangeDeal } from './useDealChange.ts';

/** The library of forms comes with the first of them. */
const SplitsEditor = lazy(() => import('./SplitsEditor.tsx'));
const RestateDialog = lazy(() => import('./RestateDialog.tsx'));

interface DealSplitsProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly member: Stored<User>;
  readonly people: People;
  readonly isOverseen: boolean;
  readonly change: ChangeDeal;
}

/** Who has which part of a deal. After the win only a restatement changes it. */
export function DealSplits({ rest, deal, member, people, isOverseen, change }: DealSplitsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isWon = deal.stageKind === 'won';
  const close = () => setIsOpen(false);
  return (
    <section className="side-panel__section" aria-label="Splits">
      <div className="side-panel__head">
        <h3>Splits</h3>
        {isOverseen && !(isOpen && !isWon) && (
          <button className="button button--small" type="button" onClick={() => setIsOpen(true)}>
            {isWon ? 'Restate…' : 'Edit splits'}
          </button>
        )}
      </div>
      {isOpen && !isWon ? (
        <Suspense fallback={<p className="soft">One moment…</p>}>
          <SplitsEditor {...{ rest, deal, people, change }} onClose={close} />
        </Suspense>
      ) : (
        <SplitList deal={deal} people={people} />
      )}
      {isOpen && isWon && (
        <Suspense>
          <RestateDialog {...{ rest, deal, people, member }} onClose={close} />
        </Suspense>
      )}
    </section>
  );
}

function SplitList({ deal, people }: Pick<DealSplitsProps, 'deal' | 'people'>) {
  const { splits, restatement } = deal;
  if (splits.length === 0) return <p className="soft">Nobody has a part of this deal yet.</p>;
  return (
    <>
      <ul className="splits">
        {splits.map(({ uid, shareBps, role }) => (
          <li key={uid} className="splits__split">
            <Person name={people.get(uid)?.name} />
            {role !== undefined && <span className="tag">{role}</span>}
            <span className="amount splits__part">{toPercent(shareBps)}%</span>
          </li>
        ))}
      </ul>
      {restatement !== null && (
        <p className="soft small">Restated, because: {restatement.reason}</p>
      )}
    </>
  );
}
