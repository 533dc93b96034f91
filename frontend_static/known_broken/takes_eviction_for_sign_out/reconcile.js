/** Bug: takes a record that is gone or unreadable for a sign-out, though the tokens are in hand. */
import { endedRecord, SIGNED_OUT } from './record.js';
import { supersedes } from './supersedes.js';

/** @typedef {import('../../session/types.js').SessionRecord} SessionRecord */

/**
 * @param {SessionRecord | null} held
 * @param {SessionRecord | null} seen
 * @returns {{take?: SessionRecord, write?: SessionRecord}}
 */
export function reconcile(held, seen) {
  if (!seen) return held?.kind === 'pair' ? { take: endedRecord(held, SIGNED_OUT) } : {};
  if (supersedes(seen, held)) return { take: seen };
  return held && supersedes(held, seen) ? { write: held } : {};
}
