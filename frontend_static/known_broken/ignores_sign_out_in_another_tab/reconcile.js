/** Bug: hears of a sign-out in another tab, or finds its tombstone, and goes on with what is in its memory. */
import { supersedes } from './record.js';

/** @typedef {import('../../session/types.js').SessionRecord} SessionRecord */

/**
 * @param {SessionRecord | null} held
 * @param {SessionRecord | null} seen
 * @returns {'take' | 'write' | 'keep'}
 */
export function reconcile(held, seen) {
  if (!seen) return held?.kind === 'pair' ? 'write' : 'keep';
  if (held?.kind === 'pair' && seen.kind === 'ended') return 'keep';
  if (supersedes(seen, held)) return 'take';
  return held && supersedes(held, seen) ? 'write' : 'keep';
}
