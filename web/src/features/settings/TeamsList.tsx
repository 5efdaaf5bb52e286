import type { User } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Rest, Stored } from '../../data/port.ts';
import type { TeamView } from '../../data/settings.ts';
import { SectionHead } from './SectionHead.tsx';
import { DeleteTeamDialog, TeamDialog } from './TeamDialogs.tsx';

interface TeamsListProps {
  readonly rest: Rest;
  readonly teams: readonly TeamView[];
  readonly people: readonly Stored<User>[];
  readonly onChanged: () => void;
}

type Step =
  | { readonly kind: 'save'; readonly team: TeamView | undefined }
  | { readonly kind: 'delete'; readonly team: TeamView };

/** The teams with how many belong to them. */
export function TeamsList({ rest, teams, people, onChanged }: TeamsListProps) {
  const [step, setStep] = useState<Step>();
  const close = () => setStep(undefined);
  const finish = () => {
    close();
    onChanged();
  };
  return (
    <>
      <SectionHead title="Teams" lead="A manager sees the records of the teams they manage.">
        <button
          className="button"
          type="button"
          onClick={() => setStep({ kind: 'save', team: undefined })}
        >
          Add team…
        </button>
      </SectionHead>
      <ul className="rows" aria-label="Teams">
        {teams.length === 0 && <li className="rows__empty">There is no team yet.</li>}
        {teams.map((team) => (
          <li key={team.id} className="rows__row settings__row" aria-label={team.name}>
            <div className="settings__main">
              <p className="settings__name">{team.name}</p>
              <p className="soft small settings__detail">{whoIsOn(team, people)}</p>
            </div>
            <div className="page__actions">
              <button
                className="button button--small"
                type="button"
                onClick={() => setStep({ kind: 'save', team })}
              >
                Rename…<span className="visually-hidden"> {team.name}</span>
              </button>
              <button
                className="button button--small button--quiet"
                type="button"
                onClick={() => setStep({ kind: 'delete', team })}
              >
                Delete…<span className="visually-hidden"> {team.name}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
      {step?.kind === 'save' && (
        <TeamDialog rest={rest} team={step.team} onClose={close} onDone={finish} />
      )}
      {step?.kind === 'delete' && (
        <DeleteTeamDialog
          rest={rest}
          team={step.team}
          people={people.filter(
            ({ teamId, managedTeamIds }) =>
              teamId === step.team.id || managedTeamIds.includes(step.team.id),
          )}
          onClose={close}
          onDone={finish}
        />
      )}
    </>
  );
}

function whoIsOn({ id }: TeamView, people: readonly Stored<User>[]): string {
  const members = people.filter(({ teamId, active }) => active && teamId === id).length;
  const managers = people.filter(
    ({ active, managedTeamIds }) => active && managedTeamIds.includes(id),
  );
  const managed =
    managers.length === 0
      ? 'no manager'
      : `managed by ${managers.map(({ name }) => name).join(', ')}`;
  return `${members === 1 ? '1 member' : `${members} members`} · ${managed}`;
}
