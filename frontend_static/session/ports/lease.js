/** Port: one tab at a time, for browsers without Web Locks: a lease in storage. */
import { RefreshUnavailableError } from '../errors.js';
import { sleep } from '../nap.js';

const POLL = 50;

/**
 * Makes a lock over a store that has compare-and-set; a lease that its holder left runs out by itself.
 *
 * @param {import('../types.js').Store} store
 * @param {import('../types.js').Clock} clock
 * @param {number} length of a lease in milliseconds
 * @returns {import('../types.js').Ports['lock']}
 */
export function createLease(store, clock, length) {
  const me = clock.random();

  /** @param {unknown} current */
  function isTaken(current) {
    const { holder, until = 0 } = Object(current);
    const left = until - clock.now();
    // Far longer than any lease: the clock was set back since. Tabs' clocks may differ a little.
    return holder !== me && left > 0 && left < 2 * length;
  }

  async function acquire() {
    const deadline = clock.now() + 2 * length;
    while (clock.now() < deadline) {
      const before = await store
        .update((current) => (isTaken(current) ? null : { holder: me, until: clock.now() + length }))
        // Storage that refuses cannot order the tabs; then the server's grace is the net.
        .catch(() => null);
      if (!isTaken(before)) return;
      await sleep(clock, POLL * (1 + clock.random()));
    }
    throw new RefreshUnavailableError('Another tab refreshes.');
  }

  return async function alone(work) {
    await acquire();
    try {
      return await work();
    } finally {
      await store.update((current) => (Object(current).holder === me ? {} : null)).catch(() => {});
    }
  };
}
