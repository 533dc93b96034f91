/** The black box: what happened lately in all tabs, to be read after a crash, a reload, or a sign-out nobody wanted. */

/** @typedef {import('./types.js').Told} Told */

/** Enough for a night of refreshes in one tab, or for the minute in which fifty tabs wake. */
const MOST = 300;

/**
 * Keeps events in a store that the tabs share; what it refuses stays in memory, and is tried again with the next.
 *
 * @param {import('./types.js').Store} store
 * @param {import('./types.js').Clock} clock
 * @param {() => object} around what is the case when an event happens
 */
export function createBlackBox(store, clock, around) {
  const tab = clock.random().toString(36).slice(2, 8);
  /** @type {Told[]} */
  let owed = [];
  let writing = Promise.resolve();

  async function write() {
    const events = owed;
    if (!events.length) return;
    owed = [];
    await store.update((stored) => [...list(stored), ...events].slice(-MOST)).catch(() => {
      owed = [...events, ...owed];
    });
  }

  return {
    /**
     * Takes an event down, and returns it with what belongs to it.
     *
     * @param {import('./types.js').Event} event
     * @returns {Told}
     */
    note(event) {
      const told = { at: clock.now(), tab, ...around(), ...event };
      owed = [...owed, told].slice(-MOST);
      writing = writing.then(write);
      return told;
    },

    /**
     * The last events of all tabs, in the order in which they were written; plain data, without any token or part of one.
     *
     * @returns {Promise<Told[]>}
     */
    async events() {
      await writing;
      const stored = list(await store.read().catch(() => null));
      return [...stored, ...owed];
    },
  };
}

/**
 * @param {unknown} stored
 * @returns {Told[]}
 */
const list = (stored) => (Array.isArray(stored) ? stored : []);
