import { zodResolver } from '@hookform/resolvers/zod';
import type { User } from '@splitline/functions/contracts';
import { useCallback, useMemo, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { Redirect } from 'wouter';
import {
  type DryRun,
  dryRunSchema,
  type ImportDetail,
  importDetailSchema,
} from '../../data/imports.ts';
import type { Stored, WorkspaceData } from '../../data/port.ts';
import { type Problem, toProblem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { useLoad } from '../../data/useLoad.ts';
import { Failure, Loading } from '../../ui/StateMessage.tsx';
import { CheckStep } from './CheckStep.tsx';
import { ImportSteps } from './ImportSteps.tsx';
import type { UnknownValue } from './import-words.ts';
import { MapStep } from './MapStep.tsx';
import { inputOf, type PlanInput, planFormSchema, toPlan } from './plan-form.ts';

interface WizardProps {
  readonly data: WorkspaceData;
  readonly member: Stored<User>;
  readonly importId: string;
}

/** The steps between an uploaded file and its import. */
export function Wizard({ data, member, importId }: WizardProps) {
  const { rest } = data;
  const path = `/api/imports/${importId}`;
  const source = useLoad(useCallback(() => rest.get(path, importDetailSchema), [rest, path]));
  if (source.status === 'loading') return <Loading what="the file" />;
  if (source.status === 'failed') {
    return (
      <Failure
        title="This file cannot be shown"
        message={source.problem.message}
        onRetry={source.reload}
      />
    );
  }
  // It was imported meanwhile, perhaps in another window.
  if (source.value.jobId !== null) return <Redirect to={`/import/${source.value.jobId}`} replace />;
  return <Steps data={data} member={member} source={source.value} />;
}

interface StepsProps extends Omit<WizardProps, 'importId'> {
  readonly source: ImportDetail;
}

function Steps({ data, member, source }: StepsProps) {
  const { columns } = source;
  const [found, setFound] = useState<DryRun>();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm<PlanInput>({
    resolver: useMemo(() => zodResolver(planFormSchema(columns)), [columns]),
    defaultValues: useMemo(() => inputOf(source), [source]),
  });
  const check = async (input: PlanInput) => {
    setProblem(undefined);
    try {
      const path = `/api/imports/${source.id}/dry-run`;
      const answer = await data.rest.send('POST', path, toPlan(columns, input));
      setFound(readAnswer(dryRunSchema, answer));
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  const replaceUnknown = (values: readonly UnknownValue[]) => {
    const before = form.getValues('replace');
    const added = values.filter(
      ({ field, from }) => !before.some((each) => each.field === field && each.from === from),
    );
    form.setValue('replace', [...before, ...added.map((value) => ({ ...value, to: '' }))]);
    setFound(undefined);
  };
  return (
    <FormProvider {...form}>
      <ImportSteps current={found === undefined ? 2 : 3} />
      {found === undefined ? (
        <MapStep
          data={data}
          member={member}
          source={source}
          problem={problem}
          onSubmit={form.handleSubmit(check)}
        />
      ) : (
        <CheckStep
          rest={data.rest}
          source={source}
          found={found}
          plan={toPlan(columns, form.getValues())}
          onBack={() => setFound(undefined)}
          onReplace={replaceUnknown}
        />
      )}
    </FormProvider>
  );
}
