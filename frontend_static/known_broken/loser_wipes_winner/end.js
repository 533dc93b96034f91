/** Bug: a refused refresh ends the session, whatever this tab has heard meanwhile. */
import { SessionExpiredError } from './errors.js';
import { persist } from './persist.js';
import { endedRecord } from './record.js';
import { take } from './tab.js';

/**
 * @param {import('../../session/tab.js').Tab} tab
 * @param {import('../../session/types.js').Pair} pair
 * @param {string} reason
 */
export async function end(tab, pair, reason) {
  const { standing } = await persist(tab, endedRecord(pair, reason));
  take(tab, standing, true);
  tab.channel.post({ record: standing });
  throw new SessionExpiredError(reason);
}
