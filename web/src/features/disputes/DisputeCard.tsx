import type { Dispute, User } from '@splitline/functions/contracts';
import { type ReactNode, useId, useMemo } from 'react';
import { Link } from 'wouter';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { useLive } from '../../data/useLive.ts';
import { formatMoney } from '../../ui/format.ts';
import { Moment } from '../../ui/Moment.tsx';
import { Person } from '../../ui/Person.tsx';
import { CommentForm } from './CommentForm.tsx';
import { endingOf, statusOf } from './dispute-status.ts';

interface DisputeCardProps {
  readonly data: WorkspaceData;
  readonly dispute: Stored<Dispute>;
  readonly people: ReadonlyMap<string, User>;
  /** Whether to name the payee: not in a list of one's own. */
  readonly hasPayee: boolean;
  /** What the reader may do to it, beside commenting. */
  readonly actions: ReactNode;
}

/** A dispute with how it stands and everything said about it. */
export function DisputeCard({ data, dispute, people, hasPayee, actions }: DisputeCardProps) {
  const titleId = useId();
  const { currency, contestedMinor, heldMinor, expectedMinor, reason, comments } = dispute;
  const money = (minor: number) => formatMoney(minor, currency);
  const nameOf = (uid: string | null) =>
    uid === null ? 'Somebody' : (people.get(uid)?.name ?? 'Somebody');
  const { name: status, tone } = statusOf(dispute);
  const isOpen = dispute.status === 'open';
  const ending = endingOf(dispute, nameOf(dispute.closedBy));
  return (
    <article className="rows__row dispute" aria-labelledby={titleId}>
      <div className="dispute__head">
        <h3 className="dispute__title" id={titleId}>
          <DealName data={data} dealId={dispute.dealId} />
        </h3>
        <span className="tag" data-tone={tone}>
          {status}
        </span>
      </div>
      <p className="soft small dispute__facts">
        {hasPayee && <Person name={people.get(dispute.ownerId)?.name} />}
        <span className="amount">{money(contestedMinor)} contested</span>
        {isOpen && <span className="amount">{money(heldMinor)} held</span>}
        {expectedMinor !== null && <span className="amount">{money(expectedMinor)} expected</span>}
        <Moment at={dispute.createdAt} />
      </p>
      <p className="dispute__text">{reason}</p>
      {comments.length > 0 && (
        <ul className="dispute__comments" aria-label="Comments">
          {comments.map((comment) => (
            <li key={comment.id}>
              <p className="soft small">
                {nameOf(comment.authorId)} · <Moment at={comment.at} />
              </p>
              <p className="dispute__text">{comment.text}</p>
            </li>
          ))}
        </ul>
      )}
      {ending !== undefined && <p className="dispute__ending">{ending}</p>}
      {isOpen && (
        <div className="dispute__foot">
          <CommentForm rest={data.rest} disputeId={dispute.id} />
          <div className="dispute__actions">{actions}</div>
        </div>
      )}
    </article>
  );
}

/** The deal by its title, as far as the reader may still see it. */
function DealName({ data, dealId }: { readonly data: WorkspaceData; readonly dealId: string }) {
  const live = useLive(useMemo(() => data.watchDeal(dealId), [data, dealId]));
  if (live.status === 'loading') return <span className="soft">…</span>;
  const deal = live.status === 'ready' ? live.value : undefined;
  if (deal === undefined || deal.deletedAt !== null) return <span>A deal that is gone</span>;
  return <Link href={`/deals/${dealId}`}>{deal.title}</Link>;
}
