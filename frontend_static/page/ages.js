/** Times in words. All are given in milliseconds. */

/** @type {[string, number][]} */
const UNITS = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1_000]];

/**
 * A length of time in its two largest units, such as `3 min 12 s`; its sign does not matter.
 *
 * @param {number} ms
 */
export function length(ms) {
  let rest = Math.abs(ms);
  const first = UNITS.findIndex(([, size]) => rest >= size);
  if (first < 0) return '0 s';
  const parts = UNITS.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count ? `${count} ${unit}` : '';
  });
  return parts.filter(Boolean).join(' ');
}

/**
 * @param {number} receivedAt
 * @param {number} now
 */
export function age(receivedAt, now) {
  if (now >= receivedAt) return length(now - receivedAt);
  return `received in ${length(receivedAt - now)}: the clock was set back`;
}

/** The year 4821: a token that does not say when it expires does so later. */
const NEVER = 9e13;

/**
 * Tells whether there is such a moment for people.
 *
 * @param {number} at
 */
export const isMoment = (at) => at < NEVER;

/**
 * @param {number} expiresAt no moment when the token does not say
 * @param {number} now
 */
export function rest(expiresAt, now) {
  if (!isMoment(expiresAt)) return 'the server decides';
  return now < expiresAt ? length(expiresAt - now) : `expired ${length(now - expiresAt)} ago`;
}

/** @param {number | null} ms the server's clock minus this device's */
export function offset(ms) {
  if (ms === null) return 'unknown until the server tells its time';
  if (Math.abs(ms) < 1_000) return 'right within a second';
  return `${length(ms)} ${ms > 0 ? 'behind' : 'ahead of'} the server`;
}

/**
 * The time of day on this device, such as `14:02:11`.
 *
 * @param {number} at
 */
export const timeOfDay = (at) => new Date(at).toTimeString().slice(0, 8);

/**
 * The same to the millisecond, for what happens close together.
 *
 * @param {number} at
 */
export const exactTime = (at) => `${timeOfDay(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`;
