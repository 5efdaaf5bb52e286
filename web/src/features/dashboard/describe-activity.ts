import type { ActivityEvent } from '../../data/analytics.ts';

interface ActivityWords {
  readonly personOf: (uid: string) => string | undefined;
  readonly stageOf: (stageId: string) => string | undefined;
}

/** What was done to a deal, without its name: "Ada Adler won the deal". */
export function describeActivity({ types, data }: ActivityEvent, words: ActivityWords): string {
  return `${whoOf(data.actor, words)} ${deedOf(types, data.after, words)}`;
}

function whoOf(actor: string, { personOf }: ActivityWords): string {
  if (actor.startsWith('workflow')) return 'A workflow';
  if (actor.startsWith('system:')) return 'Splitline';
  return personOf(actor) ?? 'Somebody';
}

function deedOf(
  types: readonly string[],
  after: Readonly<Record<string, unknown>>,
  { stageOf }: ActivityWords,
): string {
  const has = (type: string) => types.includes(`deal.${type}`);
  const stage = typeof after.stageId === 'string' ? stageOf(after.stageId) : undefined;
  if (has('created')) return 'created the deal';
  if (has('won')) return 'won the deal';
  if (has('lost')) return 'lost the deal';
  if (has('reopened')) return 'reopened the deal';
  if (has('deleted')) return 'deleted the deal';
  if (has('restored')) return 'restored the deal';
  if (stage !== undefined) return `moved the deal to ${stage}`;
  return 'changed the deal';
}
