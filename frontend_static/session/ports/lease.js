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
  const me = `${clock.now()}-${clock.random()}`;

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
      let granted = false;
      await store.update((current) => {
        granted = !isTaken(current);
        return granted ? { holder: me, until: clock.now() + length } : null;
      });
      if (granted) return;
      await sleep(clock, POLL * (1 + clock.random()));
    }
    throw new RefreshUnavailableError('Another tab is refreshing.');
  }

  return async function alone(work) {
    // Storage that refuses cannot order the tabs; then the server's grace is the net.
    await acquire().catch((error) => {
      if (error instanceof RefreshUnavailableError) throw error;
    });
    try {
      return await work();
    } finally {
      await store.update((current) => (isMine(current) ? { holder: me, until: 0 } : null)).catch(() => {});
    }
  };

  /** @param {unknown} current */
  function isMine(current) {
    return Object(current).holder === me;
  }
}
