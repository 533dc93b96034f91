/** Bug: every 401 asks for a refresh, also one that an older token earned. */

/** @typedef {import('../../session/types.js').Pair} Pair */
/** @typedef {import('../../session/types.js').SessionRecord} SessionRecord */

/**
 * @param {Pair} _sent
 * @param {SessionRecord | null} _current
 * @param {boolean} refreshed
 * @returns {'retry' | 'refresh' | 'give up'}
 */
export function onUnauthorized(_sent, _current, refreshed) {
  return refreshed ? 'give up' : 'refresh';
}
