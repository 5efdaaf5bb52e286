import { useCallback, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { type InvitationView, invitationListSchema, type TeamView } from '../../data/settings.ts';
import { usePages } from '../../data/usePages.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { More } from '../../ui/More.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { SectionState } from '../records/SectionState.tsx';
import { roleNames } from './role-words.ts';
import { useRowCommand } from './useRowCommand.ts';

interface InvitationsProps {
  readonly rest: Rest;
  readonly teams: readonly TeamView[];
  /** Changes when somebody was invited. */
  readonly signal: string;
}

/** Who was invited and has not come yet. */
export function Invitations({ rest, teams, signal }: InvitationsProps) {
  const list = usePages(
    useCallback(
      (at) => rest.get('/api/invitations', invitationListSchema, { status: 'pending', ...at }),
      [rest],
    ),
    signal,
  );
  const [revoked, setRevoked] = useState<InvitationView>();
  const reload = list.status === 'loading' ? undefined : list.reload;
  return (
    <section className="section" aria-label="Invitations">
      <h2 className="section__title">Invitations</h2>
      <SectionState list={list} what="invitations" empty="Nobody has an open invitation." />
      {list.status === 'ready' && list.value.records.length > 0 && (
        <>
          <ul className="rows" aria-label="Invitations">
            {list.value.records.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                rest={rest}
                invitation={invitation}
                team={teams.find(({ id }) => id === invitation.teamId)?.name}
                onChanged={list.reload}
                onRevoke={() => setRevoked(invitation)}
              />
            ))}
          </ul>
          <More pages={list.value} />
        </>
      )}
      {revoked !== undefined && (
        <RevokeDialog
          rest={rest}
          invitation={revoked}
          onClose={() => setRevoked(undefined)}
          onDone={() => {
            setRevoked(undefined);
            reload?.();
          }}
        />
      )}
    </section>
  );
}

interface InvitationRowProps {
  readonly rest: Rest;
  readonly invitation: InvitationView;
  readonly team: string | undefined;
  readonly onChanged: () => void;
  readonly onRevoke: () => void;
}

function InvitationRow({ rest, invitation, team, onChanged, onRevoke }: InvitationRowProps) {
  const { id, name, email, role, status, expiresAt, sendError } = invitation;
  const { run, isRunning } = useRowCommand({
    run: () => rest.send('POST', `/api/invitations/${id}/resend`, {}),
    done: `${name} was sent a new link.`,
    failed: 'The invitation was not sent again.',
    onDone: onChanged,
  });
  return (
    <li className="rows__row settings__row" aria-label={name}>
      <div className="settings__main">
        <p className="settings__name">{name}</p>
        <p className="soft small settings__detail">{email}</p>
        {sendError !== null && <p className="field__error">The mail is not out: {sendError}</p>}
      </div>
      <div className="settings__aside">
        <span className="tag">{roleNames[role]}</span>
        {team !== undefined && <span className="small">{team}</span>}
        <span className="soft small">
          {status === 'expired' ? 'expired' : 'open until'} <Moment at={expiresAt} />
        </span>
      </div>
      <div className="page__actions">
        <button
          className="button button--small"
          type="button"
          aria-disabled={isRunning}
          onClick={run}
        >
          {isRunning ? 'Sending…' : 'Resend'}
          <span className="visually-hidden"> the invitation of {name}</span>
        </button>
        <button className="button button--small button--quiet" type="button" onClick={onRevoke}>
          Revoke…<span className="visually-hidden"> the invitation of {name}</span>
        </button>
      </div>
    </li>
  );
}

interface RevokeDialogProps extends Pick<InvitationRowProps, 'rest' | 'invitation'> {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function RevokeDialog({ rest, invitation, onClose, onDone }: RevokeDialogProps) {
  const { id, name, email } = invitation;
  const form = useCommand({
    done: `The invitation of ${name} is revoked.`,
    onDone,
    run: async () => {
      await rest.send('DELETE', `/api/invitations/${id}`);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Revoke the invitation of ${name}?`}
      lead={`The link that ${email} was sent stops working. You can invite the address again.`}
      form={form}
      submit="Revoke invitation"
      isDangerous
      onClose={onClose}
    />
  );
}
