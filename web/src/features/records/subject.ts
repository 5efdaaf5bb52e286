/** What notes, tasks and histories are about. */
export interface Subject {
  readonly recordType: 'contact' | 'company' | 'lead' | 'deal';
  readonly recordId: string;
}
