/** What to do about a 401. */
import { same } from './record.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {import('./types.js').SessionRecord} SessionRecord */

/**
 * Decides: `retry` with the current token when the 401 was earned by an older one, `refresh` when the current
 * one earned it, or `give up` when a refresh has not helped.
 *
 * @param {Pair} sent
 * @param {SessionRecord | null} current
 * @param {boolean} refreshed whether this request has had its refresh
 * @returns {'retry' | 'refresh' | 'give up'}
 */
export function onUnauthorized(sent, current, refreshed) {
  if (!same(sent, current)) return 'retry';
  return refreshed ? 'give up' : 'refresh';
}
