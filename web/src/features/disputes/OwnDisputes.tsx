import type { Dispute } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Listed, Stored, WorkspaceData } from '../../data/port.ts';
import type { Live } from '../../data/useLive.ts';
import { usePeople } from '../../data/usePeople.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { Failure } from '../../ui/StateMessage.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { DisputeCard } from './DisputeCard.tsx';
import './disputes.css';

interface OwnDisputesProps {
  readonly data: WorkspaceData;
  readonly disputes: Live<Listed<Dispute>>;
}

/** The person's own disputes, which they can take back; nothing until there is one. */
export function OwnDisputes({ data, disputes }: OwnDisputesProps) {
  const people = usePeople(data);
  const [withdrawn, setWithdrawn] = useState<Stored<Dispute>>();
  if (disputes.status === 'loading') return null;
  if (disputes.status === 'failed') {
    return (
      <Failure
        title="Your disputes cannot be shown"
        message={disputes.problem.message}
        onRetry={disputes.retry}
      />
    );
  }
  const { records } = disputes.value;
  if (records.length === 0) return null;
  return (
    <section className="section" aria-labelledby="own-disputes-title">
      <h2 className="section__title" id="own-disputes-title">
        Your disputes
      </h2>
      <div className="rows">
        {records.map((dispute) => (
          <DisputeCard
            key={dispute.id}
            data={data}
            dispute={dispute}
            people={people}
            hasPayee={false}
            actions={
              <button className="button" type="button" onClick={() => setWithdrawn(dispute)}>
                Withdraw…
              </button>
            }
          />
        ))}
      </div>
      {withdrawn !== undefined && (
        <WithdrawDialog
          data={data}
          disputeId={withdrawn.id}
          onClose={() => setWithdrawn(undefined)}
        />
      )}
    </section>
  );
}

interface WithdrawDialogProps {
  readonly data: WorkspaceData;
  readonly disputeId: string;
  readonly onClose: () => void;
}

function WithdrawDialog({ data, disputeId, onClose }: WithdrawDialogProps) {
  const form = useCommand({
    done: 'Your dispute is withdrawn.',
    onDone: onClose,
    run: async () => {
      await data.rest.send('POST', `/api/disputes/${disputeId}/withdraw`);
      return undefined;
    },
  });
  return (
    <FormDialog
      title="Withdraw this dispute?"
      lead="The amount stands as it is, and what was held is paid with a coming period. You can open another dispute later."
      form={form}
      submit="Withdraw dispute"
      onClose={onClose}
    />
  );
}
