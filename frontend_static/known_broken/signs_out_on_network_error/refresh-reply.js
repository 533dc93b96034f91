/** Bug: a refresh that brings no answer at all ends the session. */
import { refusalOfRefresh } from './refusal.js';

/**
 * @param {import('../../session/types.js').Answer} answer
 * @param {import('../../session/types.js').Strategy} strategy
 * @param {string} kept
 * @returns {import('../../session/types.js').Meaning}
 */
export function meaningOf(answer, strategy, kept) {
  const tokens = answer.status === 200 ? strategy.read(Object(answer.body), kept) : null;
  if (answer.status === 0) return { tokens, reason: 'network_error' };
  return { tokens, reason: tokens ? null : refusalOfRefresh(answer) };
}
