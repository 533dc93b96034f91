/** What is recent by a clock that may be set meanwhile. */

/**
 * Tells whether something happened less than `ms` ago; what lies in the future did not.
 *
 * @param {number} then
 * @param {number} now
 * @param {number} ms
 */
export function isRecent(then, now, ms) {
  const age = now - then;
  return age >= 0 && age < ms;
}
