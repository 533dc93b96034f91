/** Bug: compares the token's `exp`, which is the server's time, with this device's clock. */

const BUFFER = 60_000;

/** @param {import('../../session/types.js').Claims | null} claims */
export function expiresAt(claims) {
  return claims ? claims.exp * 1000 : Infinity;
}

/**
 * @param {{expiresAt: number}} pair
 * @param {number} now
 * @returns {'fresh' | 'due' | 'expired'}
 */
export function judge(pair, now) {
  if (now >= pair.expiresAt) return 'expired';
  return now >= pair.expiresAt - BUFFER ? 'due' : 'fresh';
}
