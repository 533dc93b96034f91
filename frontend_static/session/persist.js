/** Writes the record, and goes on trying when storage refuses. */
import { share } from './flight.js';
import { sleep } from './nap.js';
import { readable } from './record.js';
import { supersedes } from './supersedes.js';
import { take } from './tab.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */
/** @typedef {import('./tab.js').Tab} Tab */
/** @typedef {{before: SessionRecord | null, standing: SessionRecord}} Written what was there before, and what stands now */

/** The record must stand before the user reloads. */
const RETRY_INTERVAL = 1_000;

/**
 * Writes a record unless a newer one stands, and never rejects.
 *
 * A record that cannot be written is told to the other tabs, counts as standing, and is written later.
 *
 * @param {Tab} tab
 * @param {SessionRecord} next
 * @returns {Promise<Written>}
 */
export async function persist(tab, next) {
  try {
    return await put(tab, next);
  } catch {
    tab.diary?.unwritten();
    if (supersedes(next, tab.owed)) tab.owed = next;
    void share(tab, 'rewrite', () => rewrite(tab));
    tab.channel.post({ record: next });
    // A tab that waits for the lock must hear of the pair before it gets it: storage cannot tell.
    await sleep(tab.clock, tab.shareTime);
    return { before: null, standing: next };
  }
}

/**
 * @param {Tab} tab
 * @param {SessionRecord} next
 * @returns {Promise<Written>}
 */
async function put(tab, next) {
  const before = readable(await tab.store.update((current) => (supersedes(next, readable(current)) ? next : null)));
  const standing = supersedes(next, before) ? next : /** @type {SessionRecord} */ (before);
  if (tab.owed && !supersedes(tab.owed, standing)) tab.owed = null;
  return { before, standing };
}

/** @param {Tab} tab */
async function rewrite(tab) {
  for (;;) {
    await sleep(tab.clock, RETRY_INTERVAL);
    if (!tab.owed) return;
    try {
      const { standing } = await put(tab, tab.owed);
      take(tab, standing);
      tab.channel.post({ record: standing });
    } catch {
      // Still refused: the next round tries again.
    }
  }
}
