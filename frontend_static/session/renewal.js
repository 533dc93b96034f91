/** Goes on trying to renew a pair until it is renewed or the session is over. */
import { delayAfter, LONGEST } from './backoff.js';
import { RefreshUnavailableError, SessionExpiredError } from './errors.js';
import { createNap } from './nap.js';
import { same } from './record.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {ReturnType<typeof createRenewal>} Renewal */

/** A page that asks again and again may not turn the back-off into a storm. */
const NUDGE_INTERVAL = 2_000;

/**
 * @param {Pick<import('./types.js').Ports, 'clock' | 'wake'>} ports
 * @param {import('./held.js').Held} held
 * @param {ReturnType<typeof import('./attempt.js').createAttempt>} attempt
 * @param {(pair: Pair) => boolean} usable
 */
export function createRenewal({ clock, wake }, held, attempt, usable) {
  const nap = createNap(clock);
  let lastAttempt = -Infinity;
  let mayNudge = true;

  held.onHold(nap.wake);

  /**
   * Resolves to `none` after a good attempt, else to the wait that the server asks for.
   *
   * @param {Pair} seen
   * @returns {Promise<'none' | number | null>}
   */
  async function trouble(seen) {
    try {
      await attempt(seen, () => !usable(seen));
      return 'none';
    } catch (error) {
      if (error instanceof SessionExpiredError) throw error;
      return error instanceof RefreshUnavailableError ? error.retryAfter : null;
    }
  }

  /**
   * @param {Pair} seen
   * @param {number} ms
   * @param {boolean} nudgeable
   */
  async function pause(seen, ms, nudgeable) {
    if (!same(held.record(), seen)) return;
    if (!usable(seen)) held.dispatch({ type: 'trouble' });
    mayNudge = nudgeable;
    await nap.take(ms);
  }

  return {
    /**
     * Resolves once a newer pair stands; rejects with SessionExpiredError.
     *
     * @param {Pair} seen
     */
    async renew(seen) {
      for (let failures = 1; ; failures += 1) {
        if (!wake.online()) await pause(seen, LONGEST, true);
        if (!same(held.record(), seen)) return;
        lastAttempt = clock.now();
        const wish = await trouble(seen);
        if (wish === 'none') return;
        await pause(seen, Math.max(wish ?? 0, delayAfter(failures, clock.random())), wish === null);
      }
    },

    /** Cuts a wait short, unless the server asked for it. */
    resume: () => void (mayNudge && nap.wake()),

    /** Cuts a wait short for a request of the page, but not often. */
    nudge() {
      const since = clock.now() - lastAttempt;
      if (mayNudge && wake.online() && (since < 0 || since >= NUDGE_INTERVAL)) nap.wake();
    },
  };
}
