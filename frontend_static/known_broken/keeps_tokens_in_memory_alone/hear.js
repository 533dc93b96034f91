/** Bug: keeps its tokens in memory alone, and takes none that another tab has got since. */
import { seen } from './keeper.js';

/**
 * @param {import('../../session/tab.js').Tab} tab
 * @param {import('../../session/types.js').Message} message
 */
export function hear(tab, { record }) {
  if (record?.kind === 'pair' && tab.record) return;
  if (record) void seen(tab, record);
  else if (tab.record?.generation) tab.channel.post({ record: tab.record });
}
