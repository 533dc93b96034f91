/** Refreshes once for all who ask in a tab, and goes on trying until the session is renewed or over. */
import { delayAfter, LONGEST } from './backoff.js';
import { RefreshUnavailableError, SessionExpiredError } from './errors.js';
import { judge } from './expiry.js';
import { createNap } from './nap.js';
import { same } from './record.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {ReturnType<typeof createRefresher>} Refresher */

/** A page that asks again and again may not turn the back-off into a storm. */
const NUDGE_INTERVAL = 2_000;
/** A new token that is refused at once is not worth another refresh so soon. */
const VAIN_INTERVAL = 10_000;

/**
 * @param {Pick<import('./types.js').Ports, 'clock' | 'wake'>} ports
 * @param {import('./held.js').Held} held
 * @param {ReturnType<typeof import('./attempt.js').createAttempt>} attempt
 */
export function createRefresher({ clock, wake }, held, attempt) {
  const nap = createNap(clock);
  /** @type {Promise<void> | null} */
  let flight = null;
  let lastAttempt = -Infinity;
  let mayNudge = true;
  /** @type {{pair: Pair, at: number, healed: boolean} | null} */
  let doubt = null;

  held.onHold(nap.wake);

  /** @param {Pair} pair */
  const usable = (pair) => judge(pair, clock.now()) !== 'expired' && !same(pair, doubt?.pair ?? null);

  /** @param {Pair} seen */
  async function run(seen) {
    for (let failures = 1; ; failures += 1) {
      if (!wake.online()) await pause(seen, LONGEST, true);
      if (!same(held.record(), seen)) return;
      lastAttempt = clock.now();
      const wish = await trouble(seen);
      if (wish === 'none') return;
      await pause(seen, Math.max(wish ?? 0, delayAfter(failures, clock.random())), wish === null);
    }
  }

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
    usable,

    /**
     * Renews a pair; all who ask meanwhile share one flight.
     *
     * @param {Pair} seen
     */
    refresh(seen) {
      flight ??= run(seen).finally(() => {
        flight = null;
      });
      // Nobody may be waiting for it; whoever does hears of the rejection all the same.
      flight.catch(() => {});
      return flight;
    },

    /** Cuts a wait short, unless the server asked for it. */
    resume: () => void (mayNudge && nap.wake()),

    /** Cuts a wait short for a request of the page, but not often. */
    nudge() {
      const since = clock.now() - lastAttempt;
      if (mayNudge && wake.online() && (since < 0 || since >= NUDGE_INTERVAL)) nap.wake();
    },

    /**
     * Notes that the server refused a pair's access token; it is not sent again.
     *
     * @param {Pair} pair
     */
    refused(pair) {
      if (!same(pair, doubt?.pair ?? null)) doubt = { pair, at: clock.now(), healed: false };
    },

    /** Notes that the server accepts the tokens again. */
    accepted: () => void (doubt && (doubt.healed = true)),

    /**
     * Tells whether a refused pair is itself the fruit of a refusal just now.
     *
     * @param {Pair | null} pair
     */
    inVain(pair) {
      if (!doubt || doubt.healed || same(pair, doubt.pair)) return false;
      const since = clock.now() - doubt.at;
      return since >= 0 && since < VAIN_INTERVAL;
    },
  };
}
