import type { Deal, Stage } from '@splitline/functions/contracts';
import type { Rest, Stored } from '../../../data/port.ts';
import { TextField } from '../../../ui/Field.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { formatMoney } from '../../../ui/format.ts';
import { useCommand } from '../../../ui/useCommand.ts';
import type { InTurn } from '../turns.ts';

interface ChangeKindDialogProps {
  readonly rest: Rest;
  readonly deal: Stored<Deal>;
  readonly stage: Stored<Stage>;
  readonly inTurn: InTurn;
  readonly onClose: () => void;
}

/** Asks before a deal is won, lost or opened again. */
export function ChangeKindDialog({ rest, deal, stage, inTurn, onClose }: ChangeKindDialogProps) {
  const form = useCommand({
    run: async (read) => {
      const lostReason = stage.kind === 'lost' ? read('lostReason').trim() : '';
      const change = { stage: stage.id, ...(lostReason === '' ? {} : { lostReason }) };
      await inTurn(deal.id, () => rest.send('PATCH', `/api/deals/${deal.id}/stage`, change));
      return undefined;
    },
    done: `${deal.title} is now in ${stage.name}.`,
    onDone: onClose,
    fields: ['lostReason'],
  });
  const { title, lead, submit } = wordsFor(deal, stage);
  return (
    <FormDialog {...{ title, lead, submit, form, onClose }} isDangerous={stage.kind === 'lost'}>
      {stage.kind === 'lost' && (
        <TextField
          label="Why was it lost?"
          hint="optional"
          name="lostReason"
          maxLength={500}
          autoFocus
          error={form.errorOf('lostReason')}
        />
      )}
    </FormDialog>
  );
}

function wordsFor(deal: Deal, stage: Stage) {
  const worth = `“${deal.title}”, worth ${formatMoney(deal.valueMinor, deal.currency)},`;
  const undone = deal.stageKind === 'won' ? ' What it earned people is taken back.' : '';
  switch (stage.kind) {
    case 'won':
      return {
        title: 'Win this deal?',
        lead: `${worth} moves to ${stage.name}. What it earns people is posted at once, on the plans in force now and the splits it has now.`,
        submit: 'Win deal',
      };
    case 'lost':
      return {
        title: 'Lose this deal?',
        lead: `${worth} moves to ${stage.name}.${undone}`,
        submit: 'Lose deal',
      };
    case 'open':
      return {
        title: 'Reopen this deal?',
        lead: `${worth} moves back to ${stage.name}.${undone}${deal.lostReason === null ? '' : ' The reason why it was lost is removed.'}`,
        submit: 'Reopen deal',
      };
  }
}
