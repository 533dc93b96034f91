/** The pair that follows from an answer with tokens. */
import { timesOf } from './expiry.js';

/** @typedef {import('./types.js').Pair} Pair */

/**
 * Makes the next generation of a session from the tokens that a refresh brought.
 *
 * @param {Pick<Pair, 'login' | 'generation'>} pair
 * @param {import('./types.js').Tokens} tokens
 * @param {import('./types.js').Answer} answer
 * @param {import('./types.js').Claims | null} claims of the new access token
 * @returns {Pair}
 */
export const rotate = ({ login, generation }, tokens, answer, claims) =>
  ({ kind: 'pair', login, generation: generation + 1, ...tokens, ...timesOf(claims, answer) });
