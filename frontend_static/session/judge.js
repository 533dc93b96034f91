/** What to do about an access token that grows old. */
import { isRecent } from './recent.js';

const BUFFER = 60_000;
const MIN_INTERVAL = 10_000;

/**
 * Judges an access token: `fresh`, `due` for a refresh while it can still be used, or `expired`.
 *
 * Just received, it is fresh whatever the clock says: otherwise a wrong clock refreshes for ever.
 *
 * @param {Pick<import('./types.js').Pair, 'receivedAt' | 'expiresAt'>} pair
 * @param {number} now
 * @param {(life: number) => number} [bufferOf] how long before it expires it is due, in ms
 * @returns {'fresh' | 'due' | 'expired'}
 */
export function judge({ receivedAt, expiresAt }, now, bufferOf = (life) => Math.min(BUFFER, life / 4)) {
  if (isRecent(receivedAt, now, MIN_INTERVAL)) return 'fresh';
  if (now >= expiresAt) return 'expired';
  return now >= expiresAt - bufferOf(expiresAt - receivedAt) ? 'due' : 'fresh';
}
