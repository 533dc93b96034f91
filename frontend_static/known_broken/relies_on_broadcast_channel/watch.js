/** Bug: learns what other tabs do from BroadcastChannel alone, and never looks at the record by itself. */
import { judge } from './judge.js';
import { seen } from './keeper.js';
import { refresh } from './refresh.js';
import { resume } from './renewal.js';
import { pairOf } from './tab.js';

/** @typedef {import('../../session/tab.js').Tab} Tab */

/** @param {Tab} tab */
export async function check(tab) {
  const pair = pairOf(tab);
  if (pair && judge(pair, tab.clock.now()) !== 'fresh') void refresh(tab, pair);
}

/**
 * @param {Tab} tab
 * @param {import('../../session/types.js').Message} message
 */
function hear(tab, { record }) {
  const mine = pairOf(tab);
  if (record) void seen(tab, record);
  else if (mine) tab.channel.post({ record: mine });
}

/** @param {Tab} tab */
export function watch(tab) {
  const onWake = () => check(tab);
  const stops = [
    tab.channel.listen((message) => hear(tab, message)),
    tab.wake.listen(onWake, () => resume(tab)),
    tab.clock.every(tab.checkEvery, onWake),
  ];
  return () => stops.forEach((stop) => stop());
}
