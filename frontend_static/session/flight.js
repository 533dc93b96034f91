/** One at a time in a tab: all who ask for something while it is under way share it. */

/**
 * Starts `work`, or joins the one of that name that is under way.
 *
 * @param {Pick<import('./tab.js').Tab, 'flights'>} tab
 * @param {'look' | 'refresh' | 'rewrite'} name
 * @param {() => Promise<void>} work
 * @returns {Promise<void>}
 */
export function share({ flights }, name, work) {
  const flight = (flights[name] ??= work().finally(() => {
    delete flights[name];
  }));
  // Nobody may be waiting for it; whoever does hears of the rejection all the same.
  flight.catch(() => {});
  return flight;
}
