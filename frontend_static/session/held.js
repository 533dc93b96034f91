/** What one tab holds in memory, and the state that follows from it. */
import { judge } from './judge.js';
import { OPENING, reduce } from './machine.js';
import { surface } from './surface.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */
/** @typedef {import('./types.js').State} State */
/** @typedef {ReturnType<typeof createHeld>} Held */

/** @param {Pick<import('./types.js').Clock, 'now' | 'after'>} clock */
export function createHeld(clock) {
  /** @type {SessionRecord | null} */
  let record = null;
  let state = OPENING;
  /** @type {Set<(state: State) => void>} */
  const watchers = new Set();
  /** @type {Set<(record: SessionRecord, isNew: boolean) => void>} */
  const takers = new Set();

  /** @param {import('./types.js').StateEvent} event */
  function dispatch(event) {
    const next = reduce(state, event);
    if (next === state) return;
    state = next;
    for (const watcher of [...watchers]) tell(watcher);
  }

  /** @param {(state: State) => void} watcher */
  function tell(watcher) {
    surface(clock, () => watcher(state));
  }

  return {
    record: () => record,
    /** The living pair, or null. */
    pair: () => (record?.kind === 'pair' ? record : null),
    state: () => state,
    dispatch,

    /**
     * Takes a record as the tab's own; `isNew` tokens count as usable whatever the clock says.
     *
     * @param {SessionRecord} next
     * @param {boolean} [isNew]
     */
    hold(next, isNew = false) {
      record = next;
      if (next.kind === 'ended') dispatch({ type: 'ended', reason: next.reason });
      else dispatch({ type: isNew || judge(next, clock.now()) !== 'expired' ? 'usable' : 'stale', login: next.login });
      for (const taker of takers) taker(next, isNew);
    },

    /** Forgets the record: nobody is signed in. */
    drop() {
      record = null;
      dispatch({ type: 'empty' });
    },

    /** @param {(record: SessionRecord, isNew: boolean) => void} taker called after each record that is taken */
    onHold: (taker) => void takers.add(taker),

    /**
     * Calls a watcher now and at each change, until the returned function is called.
     *
     * @param {(state: import('./types.js').State) => void} watcher
     * @returns {() => void}
     */
    subscribe(watcher) {
      watchers.add(watcher);
      tell(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
