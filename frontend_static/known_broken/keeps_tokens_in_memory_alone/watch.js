/** Bug: keeps its tokens in memory alone, and takes none that another tab has got since. */
import { share } from './flight.js';
import { judge } from './judge.js';
import { look, seen } from './keeper.js';
import { refresh } from './refresh.js';
import { resume } from './renewal.js';
import { pairOf } from './tab.js';

/** @typedef {import('../../session/tab.js').Tab} Tab */

/** @param {Tab} tab */
export async function check(tab) {
  await share(tab, 'look', () => look(tab));
  const pair = pairOf(tab);
  if (pair && judge(pair, tab.clock.now(), tab.strategy.bufferOf) !== 'fresh') void refresh(tab, pair);
}

/**
 * @param {Tab} tab
 * @param {import('../../session/types.js').Message} message
 */
function hear(tab, { record }) {
  const mine = pairOf(tab);
  if (record?.kind === 'pair' && tab.record) return;
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
