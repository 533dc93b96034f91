/** The core of the session client, for a page that wants nothing beside it; `index.js` is the whole. */
import { assemble } from './assemble.js';
import { browserPorts } from './ports/browser.js';

export { RefreshUnavailableError, SessionError, SessionExpiredError } from './errors.js';

export { inBody, inCookie } from './transport.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').CoreOptions} CoreOptions */
/** @typedef {Omit<import('./index.js').Session, 'inspect' | 'events'>} CoreSession */

/**
 * Opens the session of this origin, in a browser that has IndexedDB, Web Locks and BroadcastChannel.
 *
 * Options: `name` tells two sessions of one origin apart; `urls` are the token endpoints; `strategy` is `inBody` or
 * `inCookie`, where the server has the refresh token; `patience` is how many milliseconds a request waits for a refresh
 * that fails; any port may be replaced.
 *
 * @param {CoreOptions} [options]
 * @returns {CoreSession}
 */
export function createCore({ name = 'nologout-session', ...options } = {}) {
  const { session } = assemble({ ...browserPorts(name, options.clock), ...options });
  // The port for HTTP takes and gives what `fetch` does.
  return /** @type {typeof session & Pick<CoreSession, 'fetch'>} */ (session);
}
