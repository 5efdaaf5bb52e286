/** The id of the link on a deal's card. */
export function cardLinkId(dealId: string): string {
  return `deal-${dealId}`;
}

/** Puts the focus back on a deal's card, for example when its panel closes. */
export function focusCard(dealId: string): void {
  // After the change that is under way has been rendered.
  requestAnimationFrame(() => document.getElementById(cardLinkId(dealId))?.focus());
}

/** The id of the button on a deal's card that moves it. */
export function moveButtonId(dealId: string): string {
  return `move-${dealId}`;
}

/** Puts the focus on the button that moves a deal, after its card has moved to another column. */
export function focusMoveButton(dealId: string): void {
  requestAnimationFrame(() => document.getElementById(moveButtonId(dealId))?.focus());
}
