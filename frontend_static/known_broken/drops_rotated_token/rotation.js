/** Bug: stores the new access token alone and keeps the first refresh token, which the server has rotated away. */
import { timesOf } from './expiry.js';

/** @typedef {import('../../session/types.js').Pair} Pair */

/**
 * @param {Pick<Pair, 'login' | 'generation'> & Partial<Pair>} pair
 * @param {import('../../session/types.js').Tokens} tokens
 * @param {import('../../session/types.js').Answer} answer
 * @param {import('../../session/types.js').Claims | null} claims
 * @returns {Pair}
 */
export function rotate({ login, generation, refresh }, tokens, answer, claims) {
  const kept = { access: tokens.access, refresh: refresh || tokens.refresh };
  return { kind: 'pair', login, generation: generation + 1, ...kept, ...timesOf(claims, answer) };
}
