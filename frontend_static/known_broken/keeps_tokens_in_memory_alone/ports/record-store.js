/** Bug: keeps the session in a variable of the page, which a reload empties and no other tab sees. */

/** @returns {import('../../../session/types.js').Store} */
export function createStore() {
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
