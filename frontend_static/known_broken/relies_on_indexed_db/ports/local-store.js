/** Bug: where IndexedDB is missing, keeps the session in a variable of the page. */

/** @returns {import('../../../session/types.js').Store} */
export function createLocalStore() {
  /** @type {unknown} */
  let value = null;
  return {
    read: async () => value,
    async update(decide) {
      const before = value;
      value = decide(before) ?? before;
      return before;
    },
  };
}
