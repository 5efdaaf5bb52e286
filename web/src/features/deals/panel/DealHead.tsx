import type { Deal } from '@splitline/functions/contracts';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Stored } from '../../../data/port.ts';
import { toProblem } from '../../../data/problem.ts';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { formatMoney } from '../../../ui/format.ts';
import { useNotices } from '../../../ui/Toasts.tsx';
import { useCommand } from '../../../ui/useCommand.ts';
import { DealTitle } from './DealTitle.tsx';
import type { DealPageProps } from './deal-page-props.ts';

interface DealHeadProps extends DealPageProps {
  readonly isChangeable: boolean;
}

/** The title of a deal, and what can be done to it as a whole. */
export function DealHead({ data, deal, pipeline, onClose, isChangeable }: DealHeadProps) {
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <header className="deal__head">
      <DealTitle data={data} deal={deal} isChangeable={isChangeable} />
      {isChangeable ? (
        <button
          className="button button--quiet button--small deal__delete"
          type="button"
          onClick={() => setIsDeleting(true)}
        >
          Delete…
        </button>
      ) : (
        <p className="soft deal__readonly">
          It belongs to {pipeline.people.get(deal.ownerId)?.name ?? 'somebody else'}, so you can
          read it and not change it.
        </p>
      )}
      {isDeleting && (
        <DeleteDeal {...{ data, deal, onClose }} onCancel={() => setIsDeleting(false)} />
      )}
    </header>
  );
}

interface DeleteDealProps extends Pick<DealPageProps, 'data' | 'onClose'> {
  readonly deal: Stored<Deal>;
  readonly onCancel: () => void;
}

/** Asks before a deal goes into the bin; afterwards it can be taken back. */
function DeleteDeal({ data: { rest }, deal, onClose, onCancel }: DeleteDealProps) {
  const { id, title, stageKind, valueMinor, currency } = deal;
  const { offer, warn, announce } = useNotices();
  const [, navigate] = useLocation();
  const restore = async () => {
    try {
      await rest.send('POST', `/api/deals/${id}/restore`);
      announce(`“${title}” is back.`);
      navigate(`/deals/${id}`);
    } catch (error) {
      warn(`“${title}” was not restored. ${toProblem(error).message}`);
    }
  };
  const form = useCommand({
    run: async () => {
      await rest.send('DELETE', `/api/deals/${id}`);
      return undefined;
    },
    done: `“${title}” was deleted.`,
    onDone: () => {
      onClose();
      offer(`“${title}” was deleted.`, { label: 'Undo', run: () => void restore() });
    },
  });
  const money =
    stageKind === 'won' ? ' What it earned people is taken back until it is restored.' : '';
  return (
    <FormDialog
      title={`Delete “${title}”?`}
      lead={`The deal, worth ${formatMoney(valueMinor, currency)}, goes into the bin with its notes, tasks and history: the board and searches no longer show it.${money} After 30 days it is gone for good; until then it can be restored.`}
      form={form}
      submit="Delete deal"
      isDangerous
      onClose={onCancel}
    />
  );
}
