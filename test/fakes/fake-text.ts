/** A text that the fake has taken over or brought. */
export interface FakeText {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly statusCallback: string | null;
  readonly direction: 'outbound-api' | 'inbound';
  status: string;
  errorCode: number | null;
  readonly at: Date;
}
