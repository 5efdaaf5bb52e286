import { useCallback } from 'react';
import { type OpenPeriod, type PreviewedPayee, previewSchema } from '../../data/payouts.ts';
import type { Rest, WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { formatMoney } from '../../ui/format.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { periodLabel } from '../earnings/spans.ts';
import { warningText } from './payout-words.ts';

interface CloseDialogProps {
  readonly data: WorkspaceData;
  readonly period: OpenPeriod;
  readonly isOver: boolean;
  readonly onClose: () => void;
  /** When the closing has been ordered. */
  readonly onClosing: () => void;
}

/** Pages of the preview that are read; a larger organisation sees its first payees here. */
const MAX_PAGES = 5;

/** Who would get what, and the order to close. */
export function CloseDialog({ data, period, isOver, onClose, onClosing }: CloseDialogProps) {
  const { rest } = data;
  const { id } = period;
  const preview = useLoad(useCallback(() => loadPreview(rest, id), [rest, id]));
  const form = useCommand({
    done: 'The period is being closed.',
    onDone: onClosing,
    run: async () => {
      await rest.send('POST', `/api/periods/${id}/close`);
      return undefined;
    },
  });
  const title = `${isOver ? 'Close' : 'Preview of'} ${periodLabel(period)}`;
  if (preview.status === 'ready' && isOver) {
    return (
      <FormDialog
        title={title}
        lead="Closing drafts a payout for each person below. A closed period stays closed: whatever is posted later is paid with the next one."
        form={form}
        submit="Close period"
        isWide
        onClose={onClose}
      >
        <PreviewTable {...preview.value} />
      </FormDialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose} isWide>
      {preview.status === 'loading' && <Loading what="who would get what" />}
      {preview.status === 'failed' && (
        <Failure
          title="The preview cannot be shown"
          message={preview.problem.message}
          onRetry={preview.reload}
        />
      )}
      {preview.status === 'ready' && (
        <>
          <p className="dialog__text">What closing would pay as things are now.</p>
          <PreviewTable {...preview.value} />
        </>
      )}
      <div className="form__actions">
        <button className="button" type="button" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  );
}

interface Preview {
  readonly payees: readonly PreviewedPayee[];
  readonly isCut: boolean;
}

async function loadPreview(rest: Rest, periodId: string): Promise<Preview> {
  const payees: PreviewedPayee[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const path = `/api/periods/${periodId}/preview`;
    const page = await rest.get(path, previewSchema, { cursor, limit: '100' });
    payees.push(...page.payees);
    if (page.nextCursor === null) return { payees, isCut: false };
    cursor = page.nextCursor;
  }
  return { payees, isCut: true };
}

function PreviewTable({ payees, isCut }: Preview) {
  if (payees.length === 0) return <p className="soft">Nobody has anything to be paid.</p>;
  return (
    <div className="preview">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col" className="table__amount">
              Gets
            </th>
            <th scope="col">To look at</th>
          </tr>
        </thead>
        <tbody>
          {payees.map((payee) => (
            <tr key={`${payee.payeeId} ${payee.currency}`}>
              <th scope="row">{payee.payeeName ?? 'Unknown person'}</th>
              <td className="table__amount amount">
                {formatMoney(payee.amountMinor, payee.currency)}
              </td>
              <td className="small">
                <Remarks payee={payee} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && <p className="soft small">There are more people than are listed here.</p>}
    </div>
  );
}

function Remarks({ payee }: { readonly payee: PreviewedPayee }) {
  const { tierAdjustmentMinor, currency, warnings } = payee;
  return (
    <>
      {tierAdjustmentMinor !== 0 && (
        <span className="soft preview__remark">
          {formatMoney(tierAdjustmentMinor, currency)} of it for tiers
        </span>
      )}
      {warnings.map((warning) => (
        <span key={warning} className="preview__remark preview__remark--warning">
          {warningText(warning)}
        </span>
      ))}
    </>
  );
}
