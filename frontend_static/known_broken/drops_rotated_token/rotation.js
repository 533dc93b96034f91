/** Bug: stores the new access token alone and keeps the first refresh token, which the server has rotated away. */
import { expiresAt } from './expiry.js';

/** @typedef {import('../../session/types.js').Pair} Pair */

/**
 * @param {Pick<Pair, 'login' | 'generation' | 'refresh'>} pair
 * @param {import('../../session/types.js').Tokens} tokens
 * @param {Parameters<typeof expiresAt>[1]} trip
 * @param {import('../../session/types.js').Claims | null} claims
 * @returns {Pair}
 */
export function rotate(pair, tokens, trip, claims) {
  return {
    kind: 'pair',
    login: pair.login,
    generation: pair.generation + 1,
    access: tokens.access,
    refresh: pair.refresh || tokens.refresh,
    receivedAt: trip.receivedAt,
    expiresAt: expiresAt(claims, trip),
  };
}
