/** Port: one tab at a time. */
import { RefreshUnavailableError } from '../errors.js';

/** @typedef {import('../types.js').Ports['lock']} Lock */

/**
 * Makes the function that runs `work` while no other tab runs its own.
 *
 * When one holder keeps the lock for longer than about `patience` ms, it is taken over if `mayTakeOver` says so,
 * else the call rejects with RefreshUnavailableError. Without Web Locks `lease` does the same over storage.
 *
 * @param {string} name
 * @param {import('../types.js').Clock} clock
 * @param {number} patience
 * @param {Lock} lease
 * @returns {Lock}
 */
export function createLock(name, clock, patience, lease) {
  return async function alone(work, mayTakeOver) {
    if (!navigator.locks) return lease(work, mayTakeOver);
    for (;;) {
      const holder = await holderOf(name);
      const controller = new AbortController();
      // Tabs that wait together must not lose patience together, or each would take over from the other.
      const cancel = clock.after(patience * (1 + clock.random() / 4), () => controller.abort());
      try {
        return await request(name, { signal: controller.signal }, work, cancel);
      } catch (error) {
        if (!(error instanceof NotGranted)) throw error;
        if ((await holderOf(name)) !== holder) continue;
        if (mayTakeOver()) return request(name, { steal: true }, work, () => {});
        throw new RefreshUnavailableError('Another tab is refreshing, and slow.', { cause: error.cause });
      } finally {
        cancel();
      }
    }
  };
}

/**
 * Returns which page holds the lock.
 *
 * @param {string} name
 */
async function holderOf(name) {
  const { held = [] } = await navigator.locks.query();
  return held.find((lock) => lock.name === name)?.clientId;
}

class NotGranted extends Error {}

/**
 * Settles as `work` does, also when the lock is stolen meanwhile.
 *
 * @template T
 * @param {string} name
 * @param {LockOptions} options
 * @param {() => Promise<T>} work
 * @param {() => void} onGranted
 * @returns {Promise<T>}
 */
function request(name, options, work, onGranted) {
  return new Promise((resolve, reject) => {
    const granted = () => {
      onGranted();
      const running = work();
      resolve(running);
      // The lock is held until the work is done, however it ends.
      return running.catch(() => {});
    };
    navigator.locks.request(name, options, granted).catch((cause) => reject(new NotGranted('', { cause })));
  });
}
