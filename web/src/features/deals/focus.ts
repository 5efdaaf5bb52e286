/** Which part of a deal's card the keyboard is to be on, once that card is there. */
export interface Wanted {
  readonly dealId: string;
  readonly part: 'link' | 'move';
}

/** The id of the link on a deal's card. */
export function cardLinkId(dealId: string): string {
  return `deal-${dealId}`;
}

/** The id of the button on a deal's card that moves it. */
export function moveButtonId(dealId: string): string {
  return `move-${dealId}`;
}

/** Puts the keyboard there; the browser brings it into sight. */
export function focusPart({ dealId, part }: Wanted): void {
  document.getElementById(part === 'link' ? cardLinkId(dealId) : moveButtonId(dealId))?.focus();
}
