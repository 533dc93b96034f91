/** What a tab does about a record that it comes across: in storage, or told by another tab. */
import { supersedes } from './record.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */

/**
 * Decides between what this tab holds and what it has seen: `take` the seen, `write` the held, or `keep`.
 *
 * An absent record was evicted, for a sign-out leaves a tombstone: a tab that lives writes its own again.
 *
 * @param {SessionRecord | null} held
 * @param {SessionRecord | null} seen
 * @returns {'take' | 'write' | 'keep'}
 */
export function reconcile(held, seen) {
  if (!seen) return held?.kind === 'pair' ? 'write' : 'keep';
  if (supersedes(seen, held)) return 'take';
  return held && supersedes(held, seen) ? 'write' : 'keep';
}
