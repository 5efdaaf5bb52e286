import type { Deal } from '@splitline/functions/contracts';
import type { Stored } from '../../../data/port.ts';
import type { ChangeDeal } from './useDealChange.ts';

/** A field of a deal that is edited where it stands, if it may be. */
export interface FieldProps {
  readonly deal: Stored<Deal>;
  readonly isChangeable: boolean;
  readonly change: ChangeDeal;
}
