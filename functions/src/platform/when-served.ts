import { servedFunction } from './params.ts';

/**
 * The named exports of a module, if this process serves one of them; otherwise none, and the module
 * is not loaded. A process serves one function, and what the others need (the Firestore SDK above
 * all) takes several times as long to load as all that it needs itself.
 */
export async function whenServed<M extends object, Name extends keyof M & string>(
  load: () => Promise<M>,
  ...names: readonly Name[]
): Promise<Partial<Pick<M, Name>>> {
  const served = servedFunction();
  // Without a name the deployment is being described, which takes all of them.
  const [exported] = served?.split('.') ?? [];
  if (exported !== undefined && !names.some((name) => name === exported)) return {};
  return load();
}
