/** Bug: a refresh that fails is not tried again; whoever waits for it is rejected. */

/** @typedef {import('../../session/types.js').Pair} Pair */

/**
 * @param {unknown} _ports
 * @param {import('../../session/held.js').Held} held
 * @param {ReturnType<typeof import('../../session/attempt.js').createAttempt>} attempt
 * @param {(pair: Pair) => boolean} usable
 * @returns {import('../../session/renewal.js').Renewal}
 */
export function createRenewal(_ports, held, attempt, usable) {
  return {
    async renew(seen) {
      try {
        await attempt(seen, () => !usable(seen));
      } catch (error) {
        if (!usable(seen)) held.dispatch({ type: 'trouble' });
        throw error;
      }
    },
    resume: () => {},
    nudge: () => {},
  };
}
