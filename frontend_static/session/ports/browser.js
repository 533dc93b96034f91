/** Every port, as a browser offers it. */
import { createChannel } from './channel.js';
import { claims } from './claims.js';
import { createClock } from './clock.js';
import { createHttp } from './http.js';
import { createLock } from './lock.js';
import { createStore } from './record-store.js';
import { createWake } from './wake.js';

/** Shorter than the server's grace and longer than one attempt, so that a lost holder costs no session. */
export const LOCK_LEASE = 10_000;
const ATTEMPT_TIMEOUT = 8_000;

/**
 * @param {string} name of the session
 * @param {import('../types.js').Clock} [clock]
 * @returns {import('../types.js').Ports}
 */
export const browserPorts = (name, clock = createClock()) => ({
  clock,
  store: createStore(name, 'record', clock),
  http: createHttp(clock, ATTEMPT_TIMEOUT),
  channel: createChannel(name),
  wake: createWake(),
  lock: createLock(name, clock, LOCK_LEASE),
  claims,
});
