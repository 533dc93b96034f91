/** What the answer to a refresh means for the session. */
import { refusalOfRefresh } from './refusal.js';

/**
 * Reads an answer: new `tokens`, the `reason` of an explicit refusal, or neither, which says nothing about the session.
 *
 * @param {import('./types.js').Answer} answer
 * @param {import('./types.js').Strategy} strategy
 * @param {string} kept the refresh token that stays when the answer brings none
 * @returns {import('./types.js').Meaning}
 */
export function meaningOf(answer, strategy, kept) {
  const tokens = answer.status === 200 ? strategy.read(Object(answer.body), kept) : null;
  return { tokens, reason: tokens ? null : refusalOfRefresh(answer) };
}
