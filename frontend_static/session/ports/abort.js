/** Port: a signal that gives up. */

/**
 * @param {import('../types.js').Clock} clock
 * @param {number} ms
 */
export function abortAfter(clock, ms) {
  const controller = new AbortController();
  clock.after(ms, () => controller.abort());
  return controller.signal;
}
