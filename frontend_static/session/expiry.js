/** When an access token expires by this device's clock, which may be hours off, and what to do about it. */

/** @typedef {import('./types.js').Claims} Claims */

const BUFFER = 60_000;
const MIN_INTERVAL = 10_000;
/** The Date header counts whole seconds; on average half of one has passed. */
const DATE_ROUNDING = 500;
/** A longer trip than any attempt may take: the clock was moved while it lasted. */
const LONGEST_TRIP = 30_000;

/**
 * Returns the moment of expiry by this device's clock.
 *
 * The token's own lifetime counts from the midpoint of the round trip; the server's Date corrects it when the
 * token was issued earlier than it was sent (a token given out twice). Without claims it is never: a 401 decides.
 *
 * @param {Claims | null} claims
 * @param {{sentAt: number, receivedAt: number, serverTime: number | null}} trip
 */
export function expiresAt(claims, { sentAt, receivedAt, serverTime }) {
  if (!claims) return Infinity;
  const length = receivedAt - sentAt;
  const midpoint = length >= 0 && length < LONGEST_TRIP ? sentAt + length / 2 : receivedAt;
  const lifetime = (claims.exp - claims.iat) * 1000;
  const left = serverTime === null ? lifetime : claims.exp * 1000 - (serverTime + DATE_ROUNDING);
  // A Date that says otherwise belongs to some proxy: no server sends a token that has expired.
  return midpoint + (left > 0 && left < lifetime ? left : lifetime);
}

/**
 * Judges an access token: `fresh`, `due` for a refresh while it can still be used, or `expired`.
 *
 * Just received, it is fresh whatever the clock says: otherwise a wrong clock refreshes for ever.
 *
 * @param {{receivedAt: number, expiresAt: number}} pair
 * @param {number} now
 * @returns {'fresh' | 'due' | 'expired'}
 */
export function judge(pair, now) {
  const age = now - pair.receivedAt;
  if (age >= 0 && age < MIN_INTERVAL) return 'fresh';
  if (now >= pair.expiresAt) return 'expired';
  const buffer = Math.min(BUFFER, (pair.expiresAt - pair.receivedAt) / 4);
  return now >= pair.expiresAt - buffer ? 'due' : 'fresh';
}
