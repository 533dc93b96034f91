/** Port: one value in localStorage, for browsers without IndexedDB. */

/**
 * Gives access to one value; both methods reject where localStorage is missing, denied or full.
 *
 * It is compared and set in one go, and still no lock orders the tabs: what another one has just written may not have
 * arrived here. Then two tabs refresh one after the other, and the one that is refused finds the newer tokens.
 *
 * @param {string} place the key in localStorage
 * @returns {import('../types.js').Store}
 */
export function createLocalStore(place) {
  const read = () => fromJson(localStorage.getItem(place) ?? '');
  return {
    read: async () => read(),
    async update(decide) {
      const before = read();
      const next = decide(before);
      if (next !== null) localStorage.setItem(place, JSON.stringify(next));
      return before;
    },
  };
}

/** @param {string} text what is torn or foreign counts as nothing */
function fromJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
