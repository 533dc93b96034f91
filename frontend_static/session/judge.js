/** What to do about an access token that grows old. */
import { renewsItself } from './strategy.js';

const BUFFER = 60_000;
const MIN_INTERVAL = 10_000;

/**
 * Judges an access token: `fresh`, `due` for a refresh while it can still be used, or `expired`.
 *
 * Just received, it is fresh whatever the clock says: otherwise a wrong clock refreshes for ever. One that renews
 * itself is lost with its session once it expires, so it is due at half its life.
 *
 * @param {Omit<import('./types.js').Pair, 'kind' | 'login' | 'generation'>} pair
 * @param {number} now
 * @returns {'fresh' | 'due' | 'expired'}
 */
export function judge(pair, now) {
  const age = now - pair.receivedAt;
  if (age >= 0 && age < MIN_INTERVAL) return 'fresh';
  if (now >= pair.expiresAt) return 'expired';
  const life = pair.expiresAt - pair.receivedAt;
  const buffer = renewsItself(pair) ? life / 2 : Math.min(BUFFER, life / 4);
  return now >= pair.expiresAt - buffer ? 'due' : 'fresh';
}
