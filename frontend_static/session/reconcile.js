/** What a tab does about a record that it comes across: in storage, or told by another tab. */
import { supersedes } from './supersedes.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */

/**
 * Decides between what this tab holds and what it has seen: which of them to `take`, or to `write`, if any.
 *
 * An absent record was evicted, for a sign-out leaves a tombstone: a tab that lives writes its own again, unless
 * it has not had any token yet.
 *
 * @param {SessionRecord | null} held
 * @param {SessionRecord | null} seen
 * @returns {{take?: SessionRecord, write?: SessionRecord}}
 */
export function reconcile(held, seen) {
  if (!seen) return held?.kind === 'pair' && held.generation ? { write: held } : {};
  if (supersedes(seen, held)) return { take: seen };
  return held && supersedes(held, seen) ? { write: held } : {};
}
