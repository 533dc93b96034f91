/** The events as data that leaves the page: what `nologout explain` reads. */

/** @typedef {import('./look.js').SessionEvent} SessionEvent */

export const FILE = 'nologout-events.json';
/** Some browsers read what a link points to long after the click. */
const READ_BY = 40_000;

/**
 * Returns the export as JSON, version 1; docs/black-box.schema.json describes it.
 *
 * @param {SessionEvent[]} events oldest first
 * @param {import('../session/index.js').State} state what the page shows
 * @param {import('../session/index.js').StrategyName} strategy
 */
export function exported(events, { status, reason }, strategy) {
  return JSON.stringify({ nologout: 'black-box', version: 1, strategy, state: { status, reason }, events }, null, 2);
}

/**
 * Has the browser save a text as a file.
 *
 * @param {string} json
 */
export function save(json) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_BY);
}
