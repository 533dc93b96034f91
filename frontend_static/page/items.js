/** The list as it stands on the page. */
import { element } from './element.js';

/** @typedef {{id: number, text: string}} Item */

/**
 * @param {Item[]} items
 * @param {boolean} isKnown false while nobody knows yet whether there are any
 */
export function showItems(items, isKnown) {
  element('items', HTMLUListElement).replaceChildren(...items.map(row));
  element('empty', HTMLElement).hidden = !isKnown || items.length > 0;
}

/** @param {Item} item */
export function showOneMore(item) {
  element('items', HTMLUListElement).append(row(item));
  element('empty', HTMLElement).hidden = true;
}

/** @param {Item} item */
function row({ text }) {
  const line = document.createElement('li');
  line.textContent = text;
  return line;
}
