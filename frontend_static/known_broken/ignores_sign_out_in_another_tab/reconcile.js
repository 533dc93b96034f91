/** Bug: hears of a sign-out in another tab, or finds its tombstone, and goes on with what is in its memory. */
import { supersedes } from './supersedes.js';

/** @typedef {import('../../session/types.js').SessionRecord} SessionRecord */

/**
 * @param {SessionRecord | null} held
 * @param {SessionRecord | null} seen
 * @returns {{take?: SessionRecord, write?: SessionRecord}}
 */
export function reconcile(held, seen) {
  if (!seen) return held?.kind === 'pair' ? { write: held } : {};
  if (held?.kind === 'pair' && seen.kind === 'ended') return {};
  if (supersedes(seen, held)) return { take: seen };
  return held && supersedes(held, seen) ? { write: held } : {};
}
