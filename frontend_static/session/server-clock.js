/** What the round trip of an answer tells of the server's clock. */

/** @typedef {{sentAt: number, receivedAt: number, serverTime: number | null}} Trip */

/** The Date header counts whole seconds; on average half of one has passed. */
const DATE_ROUNDING = 500;
/** A longer trip than any attempt may take: the clock was moved while it lasted. */
const LONGEST_TRIP = 30_000;

/**
 * Returns when the server answered, by this device's clock.
 *
 * @param {Trip} trip
 */
export function answeredAt({ sentAt, receivedAt }) {
  const length = receivedAt - sentAt;
  return length >= 0 && length < LONGEST_TRIP ? sentAt + length / 2 : receivedAt;
}

/**
 * Returns when that was by the server's clock, in Unix ms; null when it did not tell.
 *
 * @param {Trip} trip
 */
export const serverTimeOf = ({ serverTime }) => (serverTime === null ? null : serverTime + DATE_ROUNDING);
