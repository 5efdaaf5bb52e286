import type { Stage } from '@splitline/functions/contracts';
import { Link } from 'wouter';

interface DealRowProps {
  readonly id: string;
  readonly title: string;
  readonly amount: string;
  readonly stage: Pick<Stage, 'name'> | undefined;
}

/** A deal as a line that leads to it. */
export function DealRow({ id, title, amount, stage }: DealRowProps) {
  return (
    <li className="links__link">
      <Link href={`/deals/${id}`} className="links__name">
        {title}
      </Link>
      <span className="soft small">
        {amount}
        {stage !== undefined && ` · ${stage.name}`}
      </span>
    </li>
  );
}
