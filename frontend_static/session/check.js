/** A look at the record and at the clock. */
import { share } from './flight.js';
import { judge } from './judge.js';
import { look } from './keeper.js';
import { refresh } from './refresh.js';
import { pairOf } from './tab.js';

/**
 * Looks at the record and at the clock, and refreshes a token that is due.
 *
 * @param {import('./tab.js').Tab} tab
 */
export async function check(tab) {
  // Days of ticks may come at once; one look serves them all.
  await share(tab, 'look', () => look(tab));
  const pair = pairOf(tab);
  if (pair && judge(pair, tab.clock.now(), tab.strategy.bufferOf) !== 'fresh') void refresh(tab, pair);
}
