/** Tells the server that a session is no longer wanted. */
import { delayAfter } from './backoff.js';

/**
 * Signs a pair out at the server, and goes on trying for as long as the page lives: one may sign out offline.
 *
 * @param {import('./tab.js').Tab} tab
 * @param {import('./types.js').Pair} pair
 */
export async function revoke({ http, urls, strategy, clock, nap }, pair) {
  for (let failures = 1; ; failures += 1) {
    const { status } = await http.post(urls.signOut, { ...strategy.ask(pair), keepalive: true });
    if (status && status !== 429 && status < 500) return;
    await nap.take(delayAfter(failures, clock.random()));
  }
}
