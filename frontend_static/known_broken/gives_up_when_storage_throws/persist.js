/** Bug: a record that cannot be written ends the session, though the tokens are in hand. */
import { endedRecord, readable } from './record.js';
import { supersedes } from './supersedes.js';

/** @typedef {import('../../session/types.js').SessionRecord} SessionRecord */

/**
 * @param {import('../../session/tab.js').Tab} tab
 * @param {SessionRecord} next
 * @returns {Promise<{before: SessionRecord | null, standing: SessionRecord}>}
 */
export async function persist({ store, channel }, next) {
  try {
    const before = readable(
      await store.update((current) => (supersedes(next, readable(current)) ? next : null)),
    );
    return { before, standing: before && !supersedes(next, before) ? before : next };
  } catch {
    const record = next.kind === 'pair' ? endedRecord(next, 'storage_failed') : next;
    channel.post({ record });
    return { before: null, standing: record };
  }
}
