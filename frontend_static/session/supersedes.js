/** Which of two session records is the newer one. */
import { SIGNED_OUT } from './record.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */

/**
 * Tells whether `next` may replace `current`: a later sign-in may, and within one sign-in a later generation
 * or its end; nothing follows an end.
 *
 * @param {SessionRecord} next
 * @param {SessionRecord | null} current
 */
export function supersedes(next, current) {
  if (!current) return true;
  if (next.login !== current.login) return next.login > current.login;
  if (current.kind === 'ended') return false;
  if (next.kind === 'pair') return next.generation > current.generation;
  // A refusal speaks of the generation that was refused; the user's act of the whole session.
  return next.reason === SIGNED_OUT || next.generation >= current.generation;
}
