import { type Deal, toMajorUnits, type User } from '@splitline/functions/contracts';
import { memo } from 'react';
import { Link } from 'wouter';
import type { Rest, Stored } from '../../../data/port.ts';
import { refusal } from '../../../data/refusal.ts';
import { formatDay, formatMoney } from '../../../ui/format.ts';
import { Moment } from '../../../ui/Moment.tsx';
import { moneyForInput, readMoney } from '../../../ui/money-input.ts';
import { Person } from '../../../ui/Person.tsx';
import { canChange } from '../can-change.ts';
import { cardLinkId } from '../focus.ts';
import { isOpenTo } from '../group-deals.ts';
import { type ChangeDeal, useDealChange } from '../panel/useDealChange.ts';
import { StageName } from '../StageMenu.tsx';
import type { Pipeline } from '../usePipeline.ts';
import type { DealRow } from './deal-rows.ts';
import { EditCell } from './EditCell.tsx';

interface TableRowProps {
  readonly rest: Rest;
  readonly member: Stored<User>;
  readonly row: DealRow;
  readonly pipeline: Pipeline;
  readonly search: string;
  readonly index: number;
  readonly measure: (element: HTMLTableRowElement | null) => void;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly onSelect: (dealId: string, isRange: boolean) => void;
}

/** A deal as a row: opened by its title, edited cell by cell. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { rest, member, row, pipeline, index, measure, isOpen, isSelected, onSelect } = props;
  const { deal, companyName } = row;
  const change = useDealChange(rest, deal);
  const isChangeable = canChange(member, deal);
  const cell: CellProps = { row, pipeline, change, isChangeable };
  return (
    <tr
      ref={measure}
      className="deal-table__row"
      data-index={index}
      data-deal-id={deal.id}
      data-open={isOpen}
      data-selected={isSelected}
      aria-rowindex={index + 2}
    >
      <td className="deal-table__tick">
        <input
          className="tick"
          type="checkbox"
          aria-label={`Select ${deal.title}`}
          checked={isSelected}
          // The click knows of the shift key, the change does not.
          onClick={(event) => onSelect(deal.id, event.shiftKey)}
          onChange={() => undefined}
        />
      </td>
      <TitleCell {...cell} search={props.search} isOpen={isOpen} />
      <ValueCell {...cell} />
      <StageCell {...cell} />
      <OwnerCell {...cell} isAssignable={isChangeable && member.role !== 'rep'} />
      <td className="deal-table__cell soft">{companyName}</td>
      <DateCell {...cell} />
      <td className="deal-table__cell deal-table__cell--time soft">
        <Moment at={deal.updatedAt} />
      </td>
    </tr>
  );
});

interface CellProps {
  readonly row: DealRow;
  readonly pipeline: Pipeline;
  readonly change: ChangeDeal;
  readonly isChangeable: boolean;
}

function TitleCell({
  row: { deal },
  change,
  isChangeable,
  search,
  isOpen,
}: CellProps & { readonly search: string; readonly isOpen: boolean }) {
  return (
    <EditCell
      name={`title of ${deal.title}`}
      value={deal.title}
      isChangeable={isChangeable}
      isRequired
      onSave={(title) => change({ title })}
      link={(shown) => (
        <Link
          id={cardLinkId(deal.id)}
          href={`/deals/${deal.id}${search}`}
          className="deal-table__link"
          aria-current={isOpen ? 'page' : undefined}
        >
          {shown}
        </Link>
      )}
    />
  );
}

function ValueCell({ row: { deal }, change, isChangeable }: CellProps) {
  const { currency } = deal;
  const save = async (text: string) => {
    const read = readMoney(text, currency, 'value');
    if ('problem' in read) throw refusal(read.problem.message);
    await change({ value: toMajorUnits(read.minor, currency), currency });
  };
  return (
    <EditCell
      name={`value of ${deal.title}`}
      value={moneyForInput(deal.valueMinor, currency)}
      shown={formatMoney(deal.valueMinor, currency)}
      type="number"
      isNumber
      isChangeable={isChangeable}
      isRequired
      onSave={save}
    />
  );
}

function StageCell({ row: { deal }, pipeline, change, isChangeable }: CellProps) {
  const stage = pipeline.stages.find(({ id }) => id === deal.stageId);
  const open = pipeline.stages.filter((each) => each.id === deal.stageId || isOpenTo(each, deal));
  return (
    <EditCell
      name={`stage of ${deal.title}`}
      value={deal.stageId}
      shown={<StageName stage={stage} />}
      options={open}
      isChangeable={isChangeable}
      onSave={(stageId) => pipeline.inTurn(deal.id, () => change({ stage: stageId }))}
    />
  );
}

function OwnerCell({
  row: { deal, ownerName },
  pipeline,
  change,
  isAssignable,
}: CellProps & { readonly isAssignable: boolean }) {
  return (
    <EditCell
      name={`owner of ${deal.title}`}
      value={deal.ownerId}
      shown={<Person name={ownerName} />}
      options={() => peopleFor(deal, pipeline)}
      isChangeable={isAssignable}
      onSave={(ownerId) => change({ ownerId })}
    />
  );
}

function peopleFor({ ownerId }: Deal, { people }: Pipeline) {
  return [...people.values()]
    .filter(({ id, active }) => active || id === ownerId)
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function DateCell({ row: { deal }, change, isChangeable }: CellProps) {
  const { expectedCloseDate: day } = deal;
  return (
    <EditCell
      name={`close date of ${deal.title}`}
      value={day === null ? '' : day.toISOString().slice(0, 10)}
      shown={day === null ? '' : formatDay(day)}
      type="date"
      isChangeable={isChangeable}
      onSave={(text) => change({ expectedCloseDate: text === '' ? null : text })}
    />
  );
}
