/** Which part of the page is shown, and where the focus goes when the one that had it disappears. */
import { element } from './element.js';

/** Each part, and what in it takes the focus over. */
const PARTS = { opening: '', 'sign-in': 'sign-in-title', workspace: 'new-item' };

/** @param {keyof typeof PARTS} shown */
export function showPart(shown) {
  const parts = /** @type {(keyof typeof PARTS)[]} */ (Object.keys(PARTS));
  const left = parts.find((part) => part !== shown && element(part, HTMLElement).contains(document.activeElement));
  for (const part of parts) element(part, HTMLElement).hidden = part !== shown;
  if (left && PARTS[shown]) element(PARTS[shown], HTMLElement).focus();
}
