/** What a tab does about a message of another. */
import { seen } from './keeper.js';

/**
 * Acts on a record that it is told, or tells its own to a tab that asks.
 *
 * @param {import('./tab.js').Tab} tab
 * @param {import('./types.js').Message} message
 */
export function hear(tab, { record }) {
  if (record) void seen(tab, record);
  // Also a tombstone: the one that storage lost. A mere hope is nothing to tell.
  else if (tab.record?.generation) tab.channel.post({ record: tab.record });
}
