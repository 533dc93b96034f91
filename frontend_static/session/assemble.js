/** The core of a session, put together from its parts. */
import { authorizedFetch, mayTell } from './authorized-fetch.js';
import { check } from './check.js';
import { look, signOut } from './keeper.js';
import { sleep } from './nap.js';
import { signIn } from './sign-in.js';
import { createTab, hold, subscribe } from './tab.js';
import { createTicket } from './ticket.js';
import { inBody } from './transport.js';
import { watch } from './watch.js';

/** @type {import('./types.js').Settings} */
export const DEFAULTS = {
  urls: { signIn: '/api/token/', refresh: '/api/token/refresh/', signOut: '/api/token/blacklist/' },
  strategy: inBody,
  patience: 10_000,
  checkEvery: 15_000,
  shareTime: 200,
};

/** What a tab holds that knows nothing and may yet be signed in; any session that is known supersedes it. @type {import('./types.js').Pair} */
const HOPE = { kind: 'pair', login: 1, generation: 0, access: '', refresh: '', receivedAt: 0, expiresAt: 0 };

/** @param {import('./tab.js').Tab} tab */
async function begin(tab) {
  await look(tab);
  if (!tab.record) {
    // No record and no tombstone: it may have been evicted while another tab lives.
    tab.channel.post({ record: null });
    await sleep(tab.clock, tab.shareTime);
    await look(tab);
  }
  if (!tab.record) hold(tab, tab.strategy.outlivesRecord ? HOPE : null);
  void check(tab);
}

/**
 * Opens the session that the record holds; returns the means to use, begin, end and watch it, and what the tab has of it.
 *
 * @param {import('./types.js').Ports & Partial<import('./types.js').Settings>} parts
 */
export function assemble(parts) {
  const tab = createTab({ ...DEFAULTS, ...parts });
  const close = watch(tab);
  tab.opened = begin(tab);
  const session = {
    /** As the global `fetch`, with the session's token. @type {(input: any, init?: any) => Promise<import('./types.js').Reply>} */
    fetch: (input, init) => authorizedFetch(tab, input, init),
    mayTell: (/** @type {string} */ url) => mayTell(tab, url),
    /** What `fetch` is made of, for an adapter to another way of sending. @type {import('./types.js').CreateTicket} */
    createTicket: (request) => createTicket(tab, request),
    signIn: (/** @type {object} */ credentials) => signIn(tab, credentials),
    signOut: () => signOut(tab),
    subscribe: (/** @type {(state: import('./types.js').State) => void} */ watcher) => subscribe(tab, watcher),
    get state() {
      return tab.state;
    },
    /** Stops timers and listeners; the record stays. */
    close,
  };
  return { tab, session };
}
