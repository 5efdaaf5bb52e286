import { loadApiKeyPrincipal } from '../modules/api-keys/api-keys.public.ts';
import type { JobRunner } from '../modules/jobs/jobs.public.ts';
import { loadPrincipal } from '../modules/users/users.public.ts';

/** The present rights of the user or API key that ordered a job. @throws AppError permission-denied */
export const loadActor: JobRunner['loadActor'] = ({ store, now }, orgId, uid) =>
  uid.startsWith('key_')
    ? loadApiKeyPrincipal(store, { orgId, apiKeyId: uid, now })
    : loadPrincipal(store, { orgId, uid });
