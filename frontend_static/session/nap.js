/** Waits: for a time alone, or until something happens before. */

/** @typedef {ReturnType<typeof createNap>} Nap */

/** @param {Pick<import('./types.js').Clock, 'after'>} clock */
export function createNap(clock) {
  /** @type {Set<() => void>} */
  const sleepers = new Set();
  return {
    /**
     * Resolves after `ms`, or at the next `wake`.
     *
     * @param {number} ms
     * @returns {Promise<void>}
     */
    take: (ms) =>
      new Promise((resolve) => {
        sleepers.add(resolve);
        clock.after(ms, () => {
          sleepers.delete(resolve);
          resolve();
        });
      }),
    wake: () => sleepers.forEach((resolve) => resolve()),
  };
}

/**
 * @param {Pick<import('./types.js').Clock, 'after'>} clock
 * @param {number} ms
 */
export const sleep = (clock, ms) => createNap(clock).take(ms);
