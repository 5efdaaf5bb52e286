import { useMemo, useState } from 'react';
import type { Rest } from '../../data/port.ts';
import type { Problem } from '../../data/problem.ts';
import { readAnswer } from '../../data/records.ts';
import { type SavedWorkflow, savedSchema, type Warning } from '../../data/workflows.ts';
import { type DefinitionDraft, definitionOf } from './draft.ts';
import { NO_PROBLEMS, type Problems, refusalOf, shapeProblems } from './problems.ts';
import { useCheck } from './useCheck.ts';

/** What is edited. */
export interface WorkflowDraft {
  readonly name: string;
  readonly description: string;
  readonly definition: DefinitionDraft;
}

/** The workflow that changes are saved to. */
export interface Target {
  readonly id: string;
  /** The record's, which the change is based on. */
  readonly version: number;
}

interface Refused {
  /** What was refused, as JSON: the refusal is about nothing else. */
  readonly of: string;
  readonly problem: Problem;
}

/** Edits a workflow: what is in it, what is wrong with it, and saving it. */
export function useBuilder(rest: Rest, start: WorkflowDraft, target: Target | undefined) {
  const [draft, setDraft] = useState(start);
  const [saved, setSaved] = useState(() => wireOf(start));
  const [version, setVersion] = useState(target?.version);
  const [isAsked, setIsAsked] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const wire = wireOf(draft);
  const definition = useMemo(() => definitionOf(draft.definition), [draft.definition]);
  const shape = useMemo(() => shapeProblems(definition), [definition]);
  const checked = useCheck(rest, shape.size === 0 ? JSON.stringify(definition) : undefined);
  const found = refused?.of === wire ? refused.problem : undefined;
  const live = checked?.of === JSON.stringify(definition) ? checked : undefined;
  const problems = isAsked ? withName(shape, draft.name) : NO_PROBLEMS;
  const save = async (): Promise<SavedWorkflow | undefined> => {
    setIsAsked(true);
    if (shape.size > 0 || draft.name.trim() === '' || isSaving) return undefined;
    setIsSaving(true);
    setRefused(undefined);
    try {
      const answer = await send(rest, draft, definition, target, version);
      setSaved(wire);
      setVersion(answer.version);
      setIsAsked(false);
      return answer;
    } catch (error) {
      setRefused({ of: wire, problem: refusalOf(error) });
      return undefined;
    } finally {
      setIsSaving(false);
    }
  };
  return {
    ...{ draft, definition, save, isSaving },
    change: (part: Partial<WorkflowDraft>) => setDraft((before) => ({ ...before, ...part })),
    isDirty: wire !== saved,
    /** True when it can be saved or tried as far as can be told here; shows what is wrong otherwise. */
    prove: () => {
      setIsAsked(true);
      return shape.size === 0;
    },
    problems: withFound(problems, found ?? live?.problem),
    warnings: live?.warnings ?? NO_WARNINGS,
    generalProblem: found?.field === undefined ? found?.message : undefined,
  };
}

export type Builder = ReturnType<typeof useBuilder>;

const NO_WARNINGS: readonly Warning[] = [];

function wireOf({ name, description, definition }: WorkflowDraft): string {
  return JSON.stringify({ name, description, definition: definitionOf(definition) });
}

function withName(problems: Problems, name: string): Problems {
  return name.trim() === '' ? new Map([...problems, ['name', 'Give it a name.']]) : problems;
}

function withFound(problems: Problems, found: Problem | undefined): Problems {
  if (found?.field === undefined) return problems;
  return new Map([...problems, [found.field, found.message]]);
}

async function send(
  rest: Rest,
  { name, description }: WorkflowDraft,
  definition: object,
  target: Target | undefined,
  version: number | undefined,
): Promise<SavedWorkflow> {
  const about = description.trim() === '' ? null : description.trim();
  const body = { name: name.trim(), description: about, definition };
  const answer =
    target === undefined
      ? await rest.send('POST', '/api/workflows', body)
      : await rest.send('PATCH', `/api/workflows/${target.id}`, { ...body, version });
  return readAnswer(savedSchema, answer);
}
