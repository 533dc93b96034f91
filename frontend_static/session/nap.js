/** A wait that something else may cut short. */

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
        const done = () => {
          cancel();
          sleepers.delete(done);
          resolve();
        };
        const cancel = clock.after(ms, done);
        sleepers.add(done);
      }),
    wake: () => [...sleepers].forEach((done) => done()),
  };
}
