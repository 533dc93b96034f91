/** When an access token expires by this device's clock, which may be hours off. */
import { isRecent } from './recent.js';

/** The Date header counts whole seconds; on average half of one has passed. */
const DATE_ROUNDING = 500;
/** A longer trip than any attempt may take: the clock was moved while it lasted. */
const LONGEST_TRIP = 30_000;
/** A token without claims is left to the server to refuse: in the year 5138, for JSON has no Infinity. */
const NEVER = { iat: 0, exp: 1e11 };

/**
 * Returns when a token came, when it expires, both by this device's clock, and how far the server's is ahead of that.
 *
 * The token's own lifetime counts from the midpoint of the round trip; the server's Date corrects it when the
 * token was issued earlier than it was sent (a token given out twice). Without claims it is never: a 401 decides.
 *
 * @param {import('./types.js').Claims | null} claims
 * @param {Pick<import('./types.js').Answer, 'sentAt' | 'receivedAt' | 'serverTime'>} answer
 * @returns {Pick<import('./types.js').Pair, 'receivedAt' | 'expiresAt' | 'serverOffset'>}
 */
export function timesOf(claims, { sentAt, receivedAt, serverTime }) {
  const answeredAt = isRecent(sentAt, receivedAt, LONGEST_TRIP) ? (sentAt + receivedAt) / 2 : receivedAt;
  const serverOffset = serverTime ? serverTime + DATE_ROUNDING - answeredAt : null;
  const { iat, exp } = claims ?? NEVER;
  const latest = answeredAt + (exp - iat) * 1000;
  const told = serverOffset === null ? latest : exp * 1000 - serverOffset;
  // A Date that says otherwise belongs to some proxy: no server sends a token that has expired.
  const expiresAt = told > answeredAt && told < latest ? told : latest;
  return { receivedAt, expiresAt, serverOffset };
}
