/** What a tab remembers of the access token that the server refused. */
import { same } from './record.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {ReturnType<typeof createDoubt>} Doubt */

/** A new token that is refused at once is not worth another refresh so soon. */
const VAIN_INTERVAL = 10_000;

/** @param {Pick<import('./types.js').Clock, 'now'>} clock */
export function createDoubt(clock) {
  /** @type {{pair: Pair, at: number, healed: boolean} | null} */
  let doubt = null;

  /** @param {Pair | null} pair */
  const about = (pair) => same(pair, doubt?.pair ?? null);

  return {
    about,

    /**
     * Notes that the server refused a pair's access token; it is not sent again.
     *
     * @param {Pair} pair
     */
    refused(pair) {
      if (!about(pair)) doubt = { pair, at: clock.now(), healed: false };
    },

    /** Notes that the server accepts the tokens again. */
    accepted: () => void (doubt && (doubt.healed = true)),

    /**
     * Tells whether a refused pair is itself the fruit of a refusal just now.
     *
     * @param {Pair | null} pair
     */
    inVain(pair) {
      if (!doubt || doubt.healed || about(pair)) return false;
      const since = clock.now() - doubt.at;
      return since >= 0 && since < VAIN_INTERVAL;
    },
  };
}
