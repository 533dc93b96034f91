/** Finds the parts of the page, and fills them with text. */

/**
 * Returns the element with that id; throws TypeError when the page lacks it.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`The page lacks #${id}.`);
}

/**
 * Shows a text where it is not shown already: a live region speaks, and a selection ends, at every change.
 *
 * @param {string} id
 * @param {string} text
 */
export function say(id, text) {
  const place = element(id, HTMLElement);
  if (place.textContent !== text) place.textContent = text;
}

/**
 * @param {string} id
 * @param {() => void} act
 */
export const onClick = (id, act) => element(id, HTMLButtonElement).addEventListener('click', act);

/**
 * @param {HTMLFormElement} form
 * @param {() => Promise<void>} act
 */
export function onSubmit(form, act) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void act();
  });
}
