/** The pair that follows from an answer with tokens. */
import { expiresAt } from './expiry.js';
import { answeredAt, serverTimeOf } from './server-clock.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {import('./types.js').Tokens} Tokens */

/**
 * Makes the next generation of a session from the tokens that a refresh brought.
 *
 * @param {Pick<Pair, 'login' | 'generation' | 'refresh'>} pair
 * @param {Tokens} tokens
 * @param {Parameters<typeof expiresAt>[1]} trip
 * @param {import('./types.js').Claims | null} claims of the new access token
 * @returns {Pair}
 */
export function rotate(pair, tokens, trip, claims) {
  const serverTime = serverTimeOf(trip);
  return {
    kind: 'pair',
    login: pair.login,
    generation: pair.generation + 1,
    access: tokens.access,
    refresh: tokens.refresh,
    receivedAt: trip.receivedAt,
    expiresAt: expiresAt(claims, trip),
    serverOffset: serverTime === null ? null : serverTime - answeredAt(trip),
  };
}
