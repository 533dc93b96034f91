/** Bug: renews a token once it has expired, and never while it is merely about to. */

const MIN_INTERVAL = 10_000;

/**
 * @param {{receivedAt: number, expiresAt: number}} pair
 * @param {number} now
 * @returns {'fresh' | 'due' | 'expired'}
 */
export function judge(pair, now) {
  const age = now - pair.receivedAt;
  if (age >= 0 && age < MIN_INTERVAL) return 'fresh';
  return now >= pair.expiresAt ? 'expired' : 'fresh';
}
