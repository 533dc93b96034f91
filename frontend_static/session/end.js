/** The end of a session by the server's word. */
import { SessionExpiredError } from './errors.js';
import { persist } from './persist.js';
import { endedRecord, same } from './record.js';
import { hold, take } from './tab.js';

/**
 * Ends the session for a reason of the server, in every tab, unless newer tokens are known here or stand in the record.
 * One that the tab had only hoped for is forgotten.
 *
 * @param {import('./tab.js').Tab} tab
 * @param {import('./types.js').Pair} pair the one that was refused
 * @param {string} reason
 */
export async function end(tab, pair, reason) {
  if (!same(pair, tab.record)) return;
  if (!pair.generation) return hold(tab, null);
  const { before, standing } = await persist(tab, endedRecord(pair, reason));
  take(tab, standing, before?.kind !== 'ended');
  if (standing.kind === 'pair') return;
  tab.channel.post({ record: standing });
  throw new SessionExpiredError(standing.reason);
}
