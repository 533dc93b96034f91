/** A session, put together from its parts and the ports to its surroundings. */
import { createAttempt } from './attempt.js';
import { createFetch } from './authorized-fetch.js';
import { createHeld } from './held.js';
import { createKeeper } from './keeper.js';
import { createNap } from './nap.js';
import { createPersist } from './persist.js';
import { createRefresher } from './refresher.js';
import { createSignIn } from './sign-in.js';
import { watch } from './watch.js';

/** @type {import('./types.js').Settings} */
export const DEFAULTS = {
  urls: { signIn: '/api/token/', refresh: '/api/token/refresh/', signOut: '/api/token/blacklist/' },
  patience: 10_000,
  checkEvery: 15_000,
  helloTime: 200,
  shareTime: 200,
};

/**
 * Opens the session that the record holds, and returns the means to use, begin, end and watch it.
 *
 * @param {import('./types.js').Ports} ports
 * @param {Partial<import('./types.js').Settings>} [options]
 */
export function assemble(ports, options) {
  const settings = { ...DEFAULTS, ...options };
  const { clock, channel, http } = ports;
  const held = createHeld(clock);
  const persist = createPersist(ports, settings, (record) => keeper.take(record));
  /** @param {import('./types.js').Pair} pair */
  const revoke = ({ refresh }) => void http.post(settings.urls.signOut, { refresh });
  const keeper = createKeeper(ports, held, persist, revoke);
  const refresher = createRefresher(ports, held, createAttempt(ports, settings, held, keeper));
  const watching = watch(ports, settings, held, keeper, refresher);

  async function open() {
    await keeper.look().catch(() => {});
    if (!held.record()) {
      // No record and no tombstone: it may have been evicted while another tab lives.
      channel.post({ type: 'hello' });
      await createNap(clock).take(settings.helloTime);
    }
    if (!held.record()) held.dispatch({ type: 'empty' });
    void watching.check();
  }
  const opened = open();

  return {
    /** As the global `fetch`, with the session's token. */
    fetch: createFetch(ports, settings, held, refresher, () => opened),
    signIn: createSignIn(ports, settings, held, keeper),
    signOut: keeper.signOut,
    subscribe: held.subscribe,
    get state() {
      return held.state();
    },
    /** Stops timers and listeners; the record stays. */
    close: watching.stop,
  };
}
