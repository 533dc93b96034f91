/** Bug: calls a token expired that has just been received, because this device's clock says so. */

const BUFFER = 60_000;

/**
 * @param {{expiresAt: number}} pair
 * @param {number} now
 * @returns {'fresh' | 'due' | 'expired'}
 */
export function judge(pair, now) {
  if (now >= pair.expiresAt) return 'expired';
  return now >= pair.expiresAt - BUFFER ? 'due' : 'fresh';
}
