/** Bug: learns what other tabs do from BroadcastChannel alone, and never looks at the record by itself. */
import { judge } from './judge.js';
import { refresh } from './refresh.js';
import { pairOf } from './tab.js';

/** @param {import('../../session/tab.js').Tab} tab */
export async function check(tab) {
  const pair = pairOf(tab);
  if (pair && judge(pair, tab.clock.now(), tab.strategy.bufferOf) !== 'fresh') void refresh(tab, pair);
}
