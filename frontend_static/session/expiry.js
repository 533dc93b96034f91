/** When an access token expires by this device's clock, which may be hours off. */
import { answeredAt, serverTimeOf } from './server-clock.js';

/** @typedef {import('./types.js').Claims} Claims */

/**
 * Returns the moment of expiry by this device's clock.
 *
 * The token's own lifetime counts from the midpoint of the round trip; the server's Date corrects it when the
 * token was issued earlier than it was sent (a token given out twice). Without claims it is never: a 401 decides.
 *
 * @param {Claims | null} claims
 * @param {import('./server-clock.js').Trip} trip
 */
export function expiresAt(claims, trip) {
  if (!claims) return Infinity;
  const lifetime = (claims.exp - claims.iat) * 1000;
  const now = serverTimeOf(trip);
  const left = now === null ? lifetime : claims.exp * 1000 - now;
  // A Date that says otherwise belongs to some proxy: no server sends a token that has expired.
  return answeredAt(trip) + (left > 0 && left < lifetime ? left : lifetime);
}
