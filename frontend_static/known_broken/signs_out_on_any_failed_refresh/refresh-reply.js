/** Bug: any refresh that brings no tokens ends the session, be it a network error, a page of HTML or a 503. */

/**
 * @param {import('../../session/types.js').Answer} answer
 * @param {import('../../session/types.js').Strategy} strategy
 * @param {string} kept
 * @returns {import('../../session/types.js').Meaning}
 */
export function meaningOf({ body }, strategy, kept) {
  const tokens = strategy.read(Object(body), kept);
  return { tokens, reason: tokens ? null : 'refresh_failed' };
}
