/** Goes on trying to renew a pair until it is renewed or the session is over. */
import { attempt } from './attempt.js';
import { delayAfter, LONGEST } from './backoff.js';
import { isUsable } from './doubt.js';
import { SessionExpiredError } from './errors.js';
import { isRecent } from './recent.js';
import { same } from './record.js';
import { show } from './tab.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {import('./tab.js').Tab} Tab */

/** A page that asks again and again may not turn the back-off into a storm. */
const NUDGE_INTERVAL = 2_000;

/**
 * Resolves once a newer pair stands; rejects with SessionExpiredError.
 *
 * @param {Tab} tab
 * @param {Pair} seen
 */
export async function renew(tab, seen) {
  for (let failures = 1; same(seen, tab.record); failures += 1) {
    if (!tab.wake.online()) await pause(tab, seen, LONGEST);
    tab.askedAt = tab.clock.now();
    try {
      return await tab.lock(() => attempt(tab, seen), () => !isUsable(tab, seen));
    } catch (error) {
      if (error instanceof SessionExpiredError) throw error;
      const { retryAfter } = /** @type {import('./errors.js').RefreshUnavailableError} */ (error);
      await pause(tab, seen, delayAfter(failures, tab.clock.random()), retryAfter);
    }
  }
}

/**
 * @param {Tab} tab
 * @param {Pair} seen
 * @param {number} ms
 * @param {number | null} [wish] the wait that the server asks for
 */
async function pause(tab, seen, ms, wish) {
  if (!same(seen, tab.record)) return;
  if (!isUsable(tab, seen)) show(tab, 'reconnecting');
  tab.mayNudge = !wish;
  await tab.nap.take(Math.max(ms, wish ?? 0));
  tab.mayNudge = true;
}

/**
 * Cuts a wait short, unless the server asked for it.
 *
 * @param {Tab} tab
 */
export function resume(tab) {
  if (tab.mayNudge) tab.nap.wake();
}

/**
 * Cuts a wait short for a request of the page, but not often.
 *
 * @param {Tab} tab
 */
export function nudge(tab) {
  if (tab.wake.online() && !isRecent(tab.askedAt, tab.clock.now(), NUDGE_INTERVAL)) resume(tab);
}
