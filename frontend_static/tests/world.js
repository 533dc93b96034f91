/** A hand-driven device for tests: tabs that share a clock, a record, a channel and a lock, and a strict server. */
import { assemble } from '../session/assemble.js';
import { assembleAll } from '../session/extras.js';
import { inBody, inCookie } from '../session/transport.js';
import { createServer } from './server.js';
import { createFakeClock, flush } from './time.js';

/** @typedef {import('../session/types.js').Message} Message */
/** @typedef {import('../session/types.js').SessionRecord} SessionRecord */
/** @typedef {ReturnType<typeof createWorld>} World */
/** @typedef {ReturnType<World['tab']>} Tab */

export { drive, flush, gate, until } from './time.js';

export const HOUR = 3_600_000;

/** Opens the session of a tab: the whole client's, or its core's alone. */
let openSession = assembleAll;

/** Lets the tabs that are opened from now on have the core alone. */
export function useCore() {
  /** @param {import('../session/types.js').AllParts} parts */
  const openCore = ({ strategy, log: _log, report: _report, ...parts }) =>
    assemble({ ...parts, strategy: strategy === 'cookie' ? inCookie : inBody }).session;
  openSession = /** @type {typeof assembleAll} */ (openCore);
}

/**
 * `skew` is how far the device's clock is ahead of the server's, in ms; `tail` is what every token ends with.
 *
 * @param {{skew?: number, strategy?: import('../session/types.js').StrategyName, tail?: string}} [options]
 */
export function createWorld({ skew = 0, strategy = 'rotating', tail = '' } = {}) {
  const clock = createFakeClock();
  const server = createServer(() => clock.now() - skew, strategy, tail);
  server.device.now = clock.now;
  const storage = { value: /** @type {any} */ (null), full: false, blocked: false, reads: 0 };
  /** @type {Set<{hear: (message: Message) => void, deaf: boolean}>} */
  const ears = new Set();
  let queue = Promise.resolve();
  /** @type {import('../session/types.js').Event[]} what the tabs told */
  const told = [];

  /** @type {import('../session/types.js').Store} */
  const store = {
    async read() {
      await flush();
      storage.reads += 1;
      if (storage.blocked) throw new Error('blocked');
      return structuredClone(storage.value);
    },
    async update(decide) {
      await flush();
      if (storage.blocked) throw new Error('blocked');
      const before = structuredClone(storage.value);
      const next = decide(before);
      if (next !== null && storage.full) throw new Error('full');
      if (next !== null) storage.value = structuredClone(next);
      return before;
    },
  };

  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  function lock(work) {
    const turn = queue.then(work);
    queue = turn.then(() => {}, () => {});
    return turn;
  }

  /**
   * Opens a tab.
   *
   * @param {Partial<import('../session/types.js').AllParts> & {open?: typeof assembleAll}} [options]
   */
  function tab({ open = openSession, ...replaced } = {}) {
    const ear = { hear: /** @type {(message: Message) => void} */ (() => {}), deaf: false };
    const device = { online: true, wake: () => {}, cameOnline: () => {} };
    const session = open({
      clock,
      store,
      lock,
      http: server.http,
      claims: server.claims,
      channel: {
        post(message) {
          for (const other of ears) if (other !== ear && !other.deaf) other.hear(structuredClone(message));
        },
        listen(hear) {
          ear.hear = hear;
          ears.add(ear);
          return () => void ears.delete(ear);
        },
      },
      wake: {
        online: () => device.online,
        listen(wake, online) {
          Object.assign(device, { wake, cameOnline: online });
          return () => {};
        },
      },
      log: (event) => void told.push(event),
      strategy,
      report: '/report/',
      ...replaced,
    });
    return { session, ear, device, status: () => session.state.status, get: () => session.fetch('/api/items/') };
  }

  return {
    clock,
    server,
    storage,
    told,
    tab,
    /** Opens a tab and signs in there. */
    async signedIn() {
      const first = tab();
      await flush();
      await clock.pass(200);
      await flush();
      await first.session.signIn({ username: 'ann', password: 'secret' });
      return first;
    },
  };
}
