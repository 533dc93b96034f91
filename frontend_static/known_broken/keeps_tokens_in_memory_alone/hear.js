/** Bug: keeps its tokens in memory alone, takes none that another tab has got since, and forgets a session that has ended. */
import { seen } from './keeper.js';
import { pairOf } from './tab.js';

/**
 * @param {import('../../session/tab.js').Tab} tab
 * @param {import('../../session/types.js').Message} message
 */
export function hear(tab, { record }) {
  if (record?.kind === 'pair' && tab.record) return;
  if (record) void seen(tab, record);
  else if (pairOf(tab)?.generation) tab.channel.post({ record: tab.record });
}
