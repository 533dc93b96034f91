/** Port: the device's clock and timers. */

/** @returns {import('../types.js').Clock} */
export function createClock() {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    every(ms, then) {
      const timer = setInterval(then, ms);
      return () => clearInterval(timer);
    },
  };
}
