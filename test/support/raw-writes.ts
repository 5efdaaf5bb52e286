import { platformSetting } from './platform.ts';
import { handMadeToken } from './tokens.ts';

/** A value as Firestore's REST API writes it, for what the SDKs would mend or never send. */
export type RawValue =
  | { readonly stringValue: string }
  | { readonly integerValue: string }
  | { readonly doubleValue: number | 'NaN' | 'Infinity' | '-0' }
  | { readonly timestampValue: string }
  | { readonly nullValue: null }
  | { readonly arrayValue: { readonly values?: readonly RawValue[] } }
  | { readonly mapValue: { readonly fields: Readonly<Record<string, RawValue>> } };

interface RawCreate {
  readonly uid: string;
  readonly orgId: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, RawValue>>;
  /** Fields that the server sets to the time of the request. */
  readonly serverTimes: readonly string[];
}

/** Creates a document as a signed-in client that speaks REST; false when it is refused. */
export async function createRaw({
  uid,
  orgId,
  path,
  fields,
  serverTimes,
}: RawCreate): Promise<boolean> {
  const host = platformSetting('FIRESTORE_EMULATOR_HOST');
  const database = `projects/${platformSetting('GCLOUD_PROJECT')}/databases/(default)`;
  const write = {
    update: { name: `${database}/documents/${path}`, fields },
    updateTransforms: serverTimes.map((fieldPath) => ({
      fieldPath,
      setToServerValue: 'REQUEST_TIME',
    })),
    currentDocument: { exists: false },
  };
  const response = await fetch(`http://${host}/v1/${database}/documents:commit`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${handMadeToken({ uid, orgId })}`,
    },
    body: JSON.stringify({ writes: [write] }),
  });
  const answer = await response.text();
  if (response.status === 200) return true;
  // 403 by the rules, 400 for what the database itself cannot hold.
  if (response.status === 403 || response.status === 400) return false;
  throw new Error(`Firestore answered ${response.status}: ${answer}`);
}

/** A plain value in the form of the REST API; integers stay integers. */
function rawValueOf(value: unknown): RawValue {
  if (value === null) return { nullValue: null };
  if (typeof value === 'string') return { stringValue: value };
  if (Number.isInteger(value)) return { integerValue: String(value) };
  if (typeof value === 'number') return { doubleValue: value };
  if (value instanceof Date) return { timestampValue: value.toISOString() };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(rawValueOf) } };
  if (typeof value === 'object') return { mapValue: { fields: rawFieldsOf(value) } };
  throw new TypeError(`Firestore has no value for a ${typeof value}`);
}

/** The fields of a document in the form of the REST API. */
export function rawFieldsOf(data: object): Record<string, RawValue> {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => [field, rawValueOf(value)]),
  );
}
