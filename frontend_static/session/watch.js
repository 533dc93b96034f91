/** Keeps a tab in step: on messages of other tabs, on waking up, and by a regular look at the clock. */
import { judge } from './judge.js';

/**
 * Starts to watch, and returns what stops it.
 *
 * @param {import('./types.js').Ports} ports
 * @param {import('./types.js').Settings} settings
 * @param {import('./held.js').Held} held
 * @param {import('./keeper.js').Keeper} keeper
 * @param {import('./refresher.js').Refresher} refresher
 * @param {() => void} online what else is to be tried again when the device is online
 */
export function watch({ channel, wake, clock }, { checkEvery }, held, keeper, refresher, online) {
  /** @type {Promise<void> | null} */
  let looking = null;

  function look() {
    // Days of ticks may come at once; one look serves them all.
    // Storage that cannot be read leaves the tab as it is.
    looking ??= keeper.look().catch(() => {}).finally(() => {
      looking = null;
    });
    return looking;
  }

  async function check() {
    await look();
    const pair = held.pair();
    if (pair && judge(pair, clock.now()) !== 'fresh') void refresher.refresh(pair);
  }

  /** @param {import('./types.js').Message} message */
  function hear(message) {
    const mine = held.pair();
    if (message.type === 'record') void keeper.seen(message.record);
    else if (message.type === 'look') void keeper.look().catch(() => {});
    else if (mine) channel.post({ type: 'record', record: mine });
  }

  const stops = [
    channel.listen(hear),
    wake.listen(check, () => {
      refresher.resume();
      online();
    }),
    // Timers are late, or fire once after days of sleep: each tick looks at the clock instead of counting.
    clock.every(checkEvery, check),
  ];
  return { check, stop: () => stops.forEach((stop) => stop()) };
}
