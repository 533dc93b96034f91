/** One refresh at a time in a tab: all who ask while it is under way share it. */

/**
 * Makes the function that starts `work`, or joins the one that is under way.
 *
 * @template T
 * @param {(about: T) => Promise<void>} work
 * @returns {(about: T) => Promise<void>}
 */
export function createFlight(work) {
  /** @type {Promise<void> | null} */
  let flight = null;
  return function share(about) {
    flight ??= work(about).finally(() => {
      flight = null;
    });
    // Nobody may be waiting for it; whoever does hears of the rejection all the same.
    flight.catch(() => {});
    return flight;
  };
}
