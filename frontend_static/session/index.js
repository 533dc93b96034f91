/** The session client for browsers: what a page imports. */
import { assemble } from './create-session.js';
import { createChannel } from './ports/channel.js';
import { claims } from './ports/claims.js';
import { createClock } from './ports/clock.js';
import { createHttp } from './ports/http.js';
import { createLease } from './ports/lease.js';
import { createLock } from './ports/lock.js';
import { createLog, inDevelopment } from './ports/log.js';
import { createStore } from './ports/record-store.js';
import { createWake } from './ports/wake.js';

export { RefreshUnavailableError, SessionError, SessionExpiredError } from './errors.js';

export { words } from './words.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {ReturnType<typeof createSession>} Session */

/** Shorter than the server's grace and longer than one attempt, so that a lost holder costs no session. */
const LOCK_LEASE = 10_000;
const ATTEMPT_TIMEOUT = 8_000;

/**
 * Opens the session of this origin.
 *
 * Options: `name` tells two sessions of one origin apart; `urls` are the token endpoints; `strategy` is `rotating`,
 * `cookie`, `no_rotation` or `sliding`, as the server's settings; `patience` is how many milliseconds a request waits for a
 * refresh that fails; `debug` says in the console what happens (default: in development); any port may be replaced.
 *
 * @param {{name?: string, debug?: boolean} & Partial<import('./types.js').Ports> & Partial<import('./types.js').Settings>} [options]
 */
export function createSession({ name = 'nologout-session', debug = inDevelopment(), ...options } = {}) {
  const clock = options.clock ?? createClock();
  const lease = createLease(createStore(name, 'lease', clock), clock, LOCK_LEASE);
  const session = assemble(
    {
      clock,
      store: createStore(name, 'record', clock),
      http: createHttp(clock, ATTEMPT_TIMEOUT),
      channel: createChannel(name),
      wake: createWake(),
      lock: createLock(name, clock, LOCK_LEASE, lease),
      claims,
      log: createLog(debug),
      ...options,
    },
    options,
  );
  return /** @type {Omit<typeof session, 'fetch'> & {fetch: typeof fetch}} */ (/** @type {unknown} */ (session));
}
