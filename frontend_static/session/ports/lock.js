/** Port: one tab at a time. */
import { RefreshUnavailableError } from '../errors.js';
import { abortAfter } from './abort.js';

/**
 * Makes the function that runs `work` while no other tab runs its own.
 *
 * When one holder keeps the lock for longer than about `patience` ms, it is taken over if `mayTakeOver` says so,
 * else the call rejects with RefreshUnavailableError.
 *
 * @param {string} name
 * @param {import('../types.js').Clock} clock
 * @param {number} patience
 * @returns {import('../types.js').Ports['lock']}
 */
export function createLock(name, clock, patience) {
  return async function alone(work, mayTakeOver) {
    for (;;) {
      const holder = await holderOf(name);
      // Tabs that wait together must not lose patience together, or each would take over from the other.
      const signal = abortAfter(clock, patience * (1 + clock.random() / 4));
      const turn = await granted(name, { signal }, work).catch(() => null);
      if (turn) return turn.work;
      if ((await holderOf(name)) !== holder) continue;
      if (mayTakeOver()) return granted(name, { steal: true }, work).then((turn) => turn.work, work);
      throw new RefreshUnavailableError('Another tab refreshes.');
    }
  };
}

/**
 * Returns which page holds the lock.
 *
 * @param {string} name
 */
async function holderOf(name) {
  const { held } = await navigator.locks.query().catch(() => ({ held: [] }));
  return held?.find((lock) => lock.name === name)?.clientId;
}

/**
 * Resolves once the lock is granted, to the work under way, which settles by itself also when the lock is stolen meanwhile.
 *
 * @template T
 * @param {string} name
 * @param {LockOptions} options
 * @param {() => Promise<T>} work
 * @returns {Promise<{work: Promise<T>}>}
 */
function granted(name, options, work) {
  return new Promise((resolve, reject) => {
    const start = () => {
      const running = work();
      resolve({ work: running });
      // The lock is held until the work is done, however it ends.
      return running.catch(() => {});
    };
    navigator.locks.request(name, options, start).catch(reject);
  });
}
