/** Bug: a refused refresh ends the session, even though newer tokens stand in the record. */

/** @typedef {import('../../session/types.js').SessionRecord} SessionRecord */

/**
 * @param {SessionRecord} next
 * @param {SessionRecord | null} current
 */
export function supersedes(next, current) {
  if (!current) return true;
  if (next.login !== current.login) return next.login > current.login;
  if (current.kind === 'ended') return false;
  return next.kind === 'ended' || next.generation > current.generation;
}
