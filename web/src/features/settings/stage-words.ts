import type { Stage } from '@splitline/functions/contracts';

export const kindNames: Readonly<Record<Stage['kind'], string>> = {
  open: 'Open',
  won: 'Won',
  lost: 'Lost',
};

/** What a deal in a stage of the kind counts as. */
export const kindWords: Readonly<Record<Stage['kind'], string>> = {
  open: 'Open: deals in it are being worked on',
  won: 'Won: deals in it pay people',
  lost: 'Lost: deals in it are closed without pay',
};

export const colours = [
  'slate',
  'blue',
  'violet',
  'amber',
  'green',
  'red',
  'teal',
  'pink',
] as const satisfies readonly Stage['colour'][];
