/** A session, put together from its parts and the ports to its surroundings. */
import { createAttempt } from './attempt.js';
import { createFetch } from './authorized-fetch.js';
import { aboutRecord } from './diary.js';
import { createHeld } from './held.js';
import { createKeeper } from './keeper.js';
import { createNap } from './nap.js';
import { createPersist } from './persist.js';
import { createRefresher } from './refresher.js';
import { createRevoke } from './revoke.js';
import { createSignIn } from './sign-in.js';
import { strategyNamed } from './strategy.js';
import { surface } from './surface.js';
import { createTickets } from './ticket.js';
import { watch } from './watch.js';

/** @typedef {import('./types.js').Pair} Pair */

/** @type {import('./types.js').Settings} */
export const DEFAULTS = {
  urls: { signIn: '/api/token/', refresh: '/api/token/refresh/', signOut: '/api/token/blacklist/' },
  strategy: 'rotating',
  report: '',
  patience: 10_000,
  checkEvery: 15_000,
  helloTime: 200,
  shareTime: 200,
};

/** What a tab holds that knows nothing and may yet be signed in; any session that is known supersedes it. @type {Pair} */
const HOPE = { kind: 'pair', login: 1, generation: 0, access: '', refresh: '', receivedAt: 0, expiresAt: 0 };

/**
 * Opens the session that the record holds, and returns the means to use, begin, end and watch it.
 *
 * @param {import('./types.js').Ports} given
 * @param {Partial<import('./types.js').Settings>} [options]
 */
export function assemble(given, options) {
  const settings = { ...DEFAULTS, ...options };
  const { clock, channel, http } = given;
  /** @type {typeof given.log} */
  const log = (event) => surface(clock, () => given.log(event));
  const ports = { ...given, log };
  const strategy = strategyNamed(settings.strategy);
  const held = createHeld(clock);
  const persist = createPersist(ports, settings, (record) => keeper.take(record));
  const { revoke, resume } = createRevoke(ports, settings, strategy);
  /** @param {string} reason */
  const report = (reason) => settings.report && void http.post(settings.report, { body: { reason }, keepalive: true });
  const keeper = createKeeper(ports, held, persist, revoke, report);
  const refresher = createRefresher(ports, held, createAttempt(ports, settings, strategy, held, keeper));
  const watching = watch(ports, settings, held, keeper, refresher, resume);
  held.onHold((record, isNew) => log(aboutRecord(record, isNew)));

  async function open() {
    await keeper.look().catch(() => {});
    if (!held.record()) {
      // No record and no tombstone: it may have been evicted while another tab lives.
      channel.post({ type: 'hello' });
      await createNap(clock).take(settings.helloTime);
    }
    if (!held.record()) strategy.outlivesRecord ? held.hold(HOPE) : held.drop();
    void watching.check();
  }
  const opened = open();
  /** @param {string} url */
  const mayTell = (url) => http.isAtHome(url, settings.urls.refresh);
  const createTicket = createTickets(ports, settings, held, keeper, refresher, () => opened);

  return {
    /** As the global `fetch`, with the session's token. */
    fetch: createFetch(ports, createTicket, mayTell),
    mayTell,
    /** What `fetch` is made of, for an adapter to another way of sending. */
    createTicket,
    signIn: createSignIn(ports, settings, strategy, held, keeper),
    signOut: keeper.signOut,
    subscribe: held.subscribe,
    get state() {
      return held.state();
    },
    /** What a page may show of the session's tokens, in ms; null when there is none. */
    inspect() {
      const pair = held.pair();
      if (!pair?.generation) return null;
      const { login, generation, receivedAt, expiresAt, serverOffset = null } = pair;
      return { login, generation, receivedAt, expiresAt, serverOffset };
    },
    /** Stops timers and listeners; the record stays. */
    close: watching.stop,
  };
}
