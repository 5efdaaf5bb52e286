import type { RestatementLine, RestatementView } from '@splitline/functions/contracts';
import type { Loaded } from '../../../data/useLoad.ts';
import { formatChange, formatMoney } from '../../../ui/format.ts';
import type { People } from '../usePipeline.ts';

interface RestatementLinesProps {
  readonly preview: Loaded<RestatementView | undefined>;
  readonly people: People;
}

/** Who gains and who loses how much. */
export function RestatementLines({ preview, people }: RestatementLinesProps) {
  if (preview.status === 'loading') {
    return (
      <p className="soft" role="status">
        Working out who gains and who loses…
      </p>
    );
  }
  if (preview.status === 'failed') {
    return (
      <p className="message" role="alert">
        {preview.problem.message}
      </p>
    );
  }
  if (preview.value === undefined) {
    return <p className="soft">Change the splits or the plans to see who gains and who loses.</p>;
  }
  const { lines } = preview.value;
  if (lines.length === 0) return <p className="soft">The parts change, and no amount does.</p>;
  return (
    <div className="restatement">
      <table className="table">
        <caption className="visually-hidden">Who gains and who loses</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col" className="table__amount">
              Before
            </th>
            <th scope="col" className="table__amount">
              After
            </th>
            <th scope="col" className="table__amount">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={`${line.payeeId} ${line.component}`} line={line} people={people} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly line: RestatementLine;
  readonly people: People;
}

function Line({ line, people }: LineProps) {
  const { payeeId, component, before, after, delta, effect, planAfter, planBefore } = line;
  const plan = planAfter ?? planBefore;
  return (
    <tr>
      <th scope="row">
        {people.get(payeeId)?.name ?? 'Unknown person'}
        <span className="soft small restatement__plan">
          {component === 'override' && 'Override · '}
          {plan !== null && `${plan.planName}, version ${plan.planVersion}`}
        </span>
      </th>
      <td className="table__amount amount">{formatMoney(before.amountMinor, before.currency)}</td>
      <td className="table__amount amount">{formatMoney(after.amountMinor, after.currency)}</td>
      <td className="table__amount amount" data-effect={effect}>
        {effect === 'same' ? 'The same' : formatChange(delta.amountMinor, delta.currency)}
      </td>
    </tr>
  );
}
