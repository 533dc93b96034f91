/** Tells the server that a session is no longer wanted. */
import { delayAfter } from './backoff.js';
import { createNap } from './nap.js';

/** @typedef {ReturnType<typeof createRevoke>} Revoke */

/**
 * Makes the function that signs a pair out at the server, and goes on trying for as long as the page lives: one may sign
 * out offline. `resume` cuts a wait short.
 *
 * @param {Pick<import('./types.js').Ports, 'http' | 'clock'>} ports
 * @param {import('./types.js').Settings} settings
 * @param {import('./types.js').Strategy} strategy
 */
export function createRevoke({ http, clock }, { urls }, strategy) {
  const nap = createNap(clock);

  /** @param {import('./types.js').Pair} pair */
  async function revoke(pair) {
    for (let failures = 1; ; failures += 1) {
      const { status } = await http.post(urls.signOut, { ...strategy.ask(pair), keepalive: true });
      if (status && status !== 429 && status < 500) return;
      await nap.take(delayAfter(failures, clock.random()));
    }
  }

  return { revoke, resume: nap.wake };
}
