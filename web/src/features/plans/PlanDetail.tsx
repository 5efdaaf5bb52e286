import { useCallback, useState } from 'react';
import { type Plan, type PlanVersion, planSchema } from '../../data/plans.ts';
import type { WorkspaceData } from '../../data/port.ts';
import { useLoad } from '../../data/useLoad.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { formatMoney } from '../../ui/format.ts';
import { Moment } from '../../ui/Moment.tsx';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { TermsDialog } from './TermsDialog.tsx';
import { assignmentText, ruleText } from './terms-words.ts';
import { type NamesOf, useNames } from './useNames.ts';

interface PlanDetailProps {
  readonly data: WorkspaceData;
  readonly plan: Omit<Plan, 'versions'>;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onChange: () => void;
}

/** A plan; opened, with its versions and what can be done to it. */
export function PlanDetail({ data, plan, isOpen, onOpen, onChange }: PlanDetailProps) {
  return (
    <article aria-label={plan.name}>
      <div className="plan__head">
        <h2>
          <button className="plan__open" type="button" aria-expanded={isOpen} onClick={onOpen}>
            {plan.name}
          </button>
        </h2>
        <span className="soft small">
          {plan.latestVersion === 1 ? '1 version' : `${plan.latestVersion} versions`}
        </span>
      </div>
      {plan.description !== null && <p className="soft plan__description">{plan.description}</p>}
      {isOpen && <Versions data={data} plan={plan} onChange={onChange} />}
    </article>
  );
}

type VersionsProps = Pick<PlanDetailProps, 'data' | 'plan' | 'onChange'>;

function Versions({ data, plan, onChange }: VersionsProps) {
  const { rest } = data;
  const { id } = plan;
  const load = useCallback(() => rest.get(`/api/plans/${id}`, planSchema), [rest, id]);
  const loaded = useLoad(load, String(plan.latestVersion));
  const names = useNames(data);
  const [asked, setAsked] = useState<'publish' | 'archive'>();
  if (loaded.status === 'loading') return <Loading what="the versions" />;
  if (loaded.status === 'failed') {
    return (
      <Failure
        title="The versions cannot be shown"
        message={loaded.problem.message}
        onRetry={loaded.reload}
      />
    );
  }
  const close = () => setAsked(undefined);
  const finish = () => {
    close();
    loaded.reload();
    onChange();
  };
  return (
    <>
      <ol className="versions">
        {loaded.value.versions.map((version) => (
          <Version key={version.number} version={version} names={names} />
        ))}
      </ol>
      {plan.archivedAt === null && (
        <div className="page__actions">
          <button className="button" type="button" onClick={() => setAsked('publish')}>
            Publish new version…
          </button>
          <button
            className="button button--quiet"
            type="button"
            onClick={() => setAsked('archive')}
          >
            Archive…
          </button>
        </div>
      )}
      {asked === 'publish' && (
        <TermsDialog data={data} plan={loaded.value} onClose={close} onDone={finish} />
      )}
      {asked === 'archive' && (
        <ArchiveDialog data={data} plan={plan} onClose={close} onDone={finish} />
      )}
    </>
  );
}

interface VersionProps {
  readonly version: PlanVersion;
  readonly names: NamesOf;
}

function Version({ version, names }: VersionProps) {
  const { number, currency, rules, capMinor, floorMinor, assignment } = version;
  const { effectiveFrom, effectiveTo } = version;
  const money = (minor: number) => formatMoney(minor, currency ?? 'USD');
  return (
    <li className="version">
      <p className="version__head">
        <strong>Version {number}</strong>
        <span className="soft small">
          for deals won from <Moment at={effectiveFrom} />
          {effectiveTo !== null && (
            <>
              {' '}
              until <Moment at={effectiveTo} />
            </>
          )}
        </span>
      </p>
      <ul className="version__rules">
        {rules.map((rule) => {
          const text = ruleText(rule, currency);
          return <li key={text}>{text}</li>;
        })}
        {capMinor !== null && <li>At most {money(capMinor)} for each deal</li>}
        {floorMinor !== null && <li>At least {money(floorMinor)} for each deal</li>}
      </ul>
      <p className="soft small">
        For {assignmentText(assignment, names)}
        {currency !== null && <>; deals in {currency} only</>}
      </p>
    </li>
  );
}

interface ArchiveDialogProps {
  readonly data: WorkspaceData;
  readonly plan: Omit<Plan, 'versions'>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function ArchiveDialog({ data, plan, onClose, onDone }: ArchiveDialogProps) {
  const form = useCommand({
    done: `${plan.name} is archived.`,
    onDone,
    run: async () => {
      await data.rest.send('DELETE', `/api/plans/${plan.id}`);
      return undefined;
    },
  });
  return (
    <FormDialog
      title={`Archive ${plan.name}?`}
      lead="Deals that are won from now on pay nothing by it. What was won on it stays as it is. An archived plan cannot be taken back into use."
      form={form}
      submit="Archive plan"
      isDangerous
      onClose={onClose}
    />
  );
}
