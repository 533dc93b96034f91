/** What a page brings along may fail. */

/**
 * Runs something of the page's; its mistake must surface, yet not stop a refresh half-way.
 *
 * @param {Pick<import('./types.js').Clock, 'after'>} clock
 * @param {() => void} act
 */
export function surface(clock, act) {
  try {
    act();
  } catch (error) {
    clock.after(0, () => {
      throw error;
    });
  }
}
