/** Keeps a tab in step: on messages of other tabs, on waking up, and by a regular look at the clock. */
import { share } from './flight.js';
import { judge } from './judge.js';
import { look, seen } from './keeper.js';
import { refresh } from './refresh.js';
import { resume } from './renewal.js';
import { pairOf } from './tab.js';

/** @typedef {import('./tab.js').Tab} Tab */

/**
 * Looks at the record and at the clock, and refreshes a token that is due.
 *
 * @param {Tab} tab
 */
export async function check(tab) {
  // Days of ticks may come at once; one look serves them all.
  await share(tab, 'look', () => look(tab));
  const pair = pairOf(tab);
  if (pair && judge(pair, tab.clock.now(), tab.strategy.bufferOf) !== 'fresh') void refresh(tab, pair);
}

/**
 * @param {Tab} tab
 * @param {import('./types.js').Message} message
 */
function hear(tab, { record }) {
  if (record) void seen(tab, record);
  // Also a tombstone: the one that storage lost. A mere hope is nothing to tell.
  else if (tab.record?.generation) tab.channel.post({ record: tab.record });
}

/**
 * Starts to watch, and returns what stops it.
 *
 * @param {Tab} tab
 */
export function watch(tab) {
  const onWake = () => check(tab);
  const stops = [
    tab.channel.listen((message) => hear(tab, message)),
    tab.wake.listen(onWake, () => resume(tab)),
    // Timers are late, or fire once after days of sleep: each tick looks at the clock instead of counting.
    tab.clock.every(tab.checkEvery, onWake),
  ];
  return () => stops.forEach((stop) => stop());
}
