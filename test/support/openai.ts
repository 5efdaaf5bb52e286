import { afterAll, beforeAll } from '@jest/globals';
import { OPENAI_FAKE_KEY, type OpenAiFake, startOpenAiFake } from '../fakes/openai.ts';

/** Gives a test file an OpenAI of its own, and points the product in this process at it. */
export function useOpenAi(): () => OpenAiFake {
  let started: OpenAiFake | undefined;
  beforeAll(async () => {
    started = await startOpenAiFake({ port: 0 });
    Object.assign(process.env, { OPENAI_API_URL: started.url, OPENAI_API_KEY: OPENAI_FAKE_KEY });
  });
  afterAll(async () => {
    await started?.stop();
  });
  return () => {
    if (started === undefined) throw new Error('the fake of OpenAI runs during tests only');
    return started;
  };
}
