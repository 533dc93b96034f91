/** The state of a session as a page shows it: "unknown" is apart from signed in and from signed out. */

/** @typedef {import('./types.js').State} State */

/** @type {State} */
export const OPENING = { status: 'opening', reason: null, login: null };

/**
 * Returns the state after an event; the same object when nothing has changed.
 *
 * @param {State} state
 * @param {import('./types.js').StateEvent} event
 * @returns {State}
 */
export function reduce(state, event) {
  const next = after(state, event);
  const changed = next.status !== state.status || next.reason !== state.reason || next.login !== state.login;
  return changed ? next : state;
}

/**
 * @param {State} state
 * @param {import('./types.js').StateEvent} event
 * @returns {State}
 */
function after(state, event) {
  switch (event.type) {
    case 'usable':
      return { status: 'signed-in', reason: null, login: event.login };
    case 'stale': // A session with an expired token: good until the server says otherwise.
      return { status: state.status === 'signed-out' ? 'opening' : state.status, reason: null, login: event.login };
    case 'trouble':
      return state.status === 'signed-out' ? state : { ...state, status: 'reconnecting' };
    case 'empty':
      return { status: 'signed-out', reason: null, login: null };
    case 'ended':
      return { status: 'signed-out', reason: event.reason, login: null };
  }
}
