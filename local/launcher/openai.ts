import { startOpenAiFake } from '../../test/fakes/openai.ts';

/** OpenAI for a machine without an account there. */
export interface LocalOpenAi {
  /** Where a person sees what was asked for. */
  readonly url: string;
  /** The parameters by which functions reach it. */
  readonly params: Readonly<Record<string, string>>;
}

/** Starts an OpenAI on a free port; it ends with the process. */
export async function startOpenAi(): Promise<LocalOpenAi> {
  const { url } = await startOpenAiFake({ port: 0 });
  return { url, params: { OPENAI_API_URL: url } };
}
