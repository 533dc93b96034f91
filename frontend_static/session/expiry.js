/** When an access token expires by this device's clock, which may be hours off. */

/** @typedef {import('./types.js').Claims} Claims */

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
