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
  if (tokens) return { kind: 'tokens', tokens };
  const reason = answer.status === 0 ? 'network_error' : refusalOfRefresh(answer);
  return reason ? { kind: 'refused', reason } : { kind: 'transient' };
}
