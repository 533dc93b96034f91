/** Bug: tokens of a refresh that was under way at the sign-out replace the tombstone. */
import { SIGNED_OUT } from './record.js';

/** @typedef {import('../../session/types.js').SessionRecord} SessionRecord */

/**
 * @param {SessionRecord} next
 * @param {SessionRecord | null} current
 */
export function supersedes(next, current) {
  if (!current) return true;
  if (next.login !== current.login) return next.login > current.login;
  if (current.kind === 'ended' && (current.reason !== SIGNED_OUT || next.kind === 'ended')) return false;
  if (next.kind === 'pair') return next.generation > current.generation;
  return next.reason === SIGNED_OUT || next.generation >= current.generation;
}
