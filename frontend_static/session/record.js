/** The session record: what a stored value is worth, and how a session ends in it. */

/** @typedef {import('./types.js').SessionRecord} SessionRecord */

/** The reason of a tombstone that the user's own act wrote. */
export const SIGNED_OUT = 'signed_out';
/** With cookies: another session has taken this one's place in the browser. */
export const OTHER_SESSION = 'other_session';

/**
 * Tells whether two records are of one generation of one sign-in.
 *
 * @param {SessionRecord} a
 * @param {SessionRecord | null} [b]
 */
export const same = (a, b) => a.kind === b?.kind && a.login === b.login && a.generation === b.generation;

/**
 * Returns the stored value when it is a record, else null: a torn or foreign value counts as evicted.
 *
 * @param {unknown} value
 * @returns {SessionRecord | null}
 */
export function readable(value) {
  const { kind, login, generation, reason, access, refresh } = Object(value);
  const texts = kind === 'ended' ? [reason] : [kind, access, refresh];
  const isWhole = Number.isFinite(login + generation) && texts.every((text) => typeof text === 'string');
  return isWhole ? /** @type {SessionRecord} */ (value) : null;
}

/**
 * Makes the tombstone of a pair.
 *
 * @param {import('./types.js').Pair} pair
 * @param {string} reason
 * @returns {import('./types.js').Ended}
 */
export const endedRecord = ({ login, generation }, reason) => ({ kind: 'ended', login, generation, reason });
