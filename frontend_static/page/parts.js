/** Which part of the page is shown, and where the focus goes when the one that had it disappears. */
import { element } from './element.js';

/** Each part, and what in it takes the focus over: no field, or what somebody is typing would go on in it. */
const PARTS = { opening: '', 'sign-in': 'sign-in-title', workspace: 'whose' };

/** @param {keyof typeof PARTS} shown */
export function showPart(shown) {
  const parts = /** @type {(keyof typeof PARTS)[]} */ (Object.keys(PARTS));
  const left = parts.find((part) => part !== shown && element(part, HTMLElement).contains(document.activeElement));
  for (const part of parts) element(part, HTMLElement).hidden = part !== shown;
  if (left && PARTS[shown]) element(PARTS[shown], HTMLElement).focus();
}

/** Lets whoever has just signed in here begin to write, unless they have gone elsewhere already. */
export function beginToWrite() {
  if (document.activeElement?.id === PARTS.workspace) element('new-item', HTMLElement).focus();
}
