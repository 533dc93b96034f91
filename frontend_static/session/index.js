/** The session client for browsers: what a page imports. */
import { createBlackBox } from './black-box.js';
import { assembleAll } from './extras.js';
import { createAnyStore } from './ports/any-store.js';
import { browserPorts, LOCK_LEASE } from './ports/browser.js';
import { createClock } from './ports/clock.js';
import { createLease } from './ports/lease.js';
import { createLog, inDevelopment, surroundings } from './ports/log.js';

export { RefreshUnavailableError, SessionError, SessionExpiredError } from './errors.js';

export { words } from './words.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').StrategyName} StrategyName */
/** @typedef {import('./types.js').SessionOptions} SessionOptions */
/** @typedef {import('./types.js').CreateTicket} CreateTicket */
/** @typedef {import('./types.js').Told} Told */
/** @typedef {import('./types.js').Inspected} Inspected */

/**
 * @typedef {object} Members
 * @property {typeof globalThis.fetch} fetch as the global one, with the session's token; also rejects with SessionExpiredError,
 *   RefreshUnavailableError or SessionError
 * @property {(url: string) => boolean} mayTell whether a request there carries the token: it goes where `urls.refresh` is
 * @property {CreateTicket} createTicket what `fetch` is made of, for an adapter to another way of sending
 * @property {(credentials: object) => Promise<void>} signIn takes what the server wants, as {username, password}; rejects with
 *   SessionError, whose `status` is 401 when they are wrong
 * @property {() => Promise<void>} signOut ends the session here at once, then in every tab, then at the server
 * @property {(watcher: (state: State) => void) => () => void} subscribe calls a watcher now and at each change, until the
 *   returned function is called
 * @property {State} state
 * @property {() => Inspected | null} inspect what a page may show of the session's tokens; null when there is none
 * @property {() => Promise<Told[]>} events the black box: what happened lately in all tabs, never a token
 * @property {() => void} close stops timers and listeners; the record stays
 */
/** @typedef {Readonly<Members>} Session */

/**
 * Opens the session of this origin.
 *
 * Options: `name` tells two sessions of one origin apart; `urls` are the token endpoints; `strategy` is `rotating`,
 * `cookie`, `no_rotation` or `sliding`, as the server's settings; `patience` is how many milliseconds a request waits for a
 * refresh that fails; `debug` says in the console what happens (default: in development); `report`
 * is where a forced logout is told; any port may be replaced.
 *
 * @param {SessionOptions} [options]
 * @returns {Session}
 */
export function createSession({ name = 'nologout-session', debug = inDevelopment(), ...rest } = {}) {
  // A setting that a page has not got is left out.
  const options = /** @type {typeof rest} */ (
    Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  );
  const clock = options.clock ?? createClock();
  // A database of its own, so that nothing waits for it.
  const box = createBlackBox(createAnyStore(`${name}-events`, 'events', clock, 'relaxed'), clock, surroundings);
  const tell = options.log ?? createLog(debug);
  const session = assembleAll({
    ...browserPorts(name, clock),
    store: createAnyStore(name, 'record', clock),
    ...(navigator.locks ? {} : { lock: createLease(createAnyStore(name, 'lease', clock), clock, LOCK_LEASE) }),
    ...options,
    log: (event) => tell(box.note(event)),
  });
  const whole = Object.assign(session, { events: box.events });
  // The port for HTTP takes and gives what `fetch` does.
  return /** @type {typeof whole & Pick<Session, 'fetch'>} */ (whole);
}
