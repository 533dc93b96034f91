/** The session record: what a stored value is worth, and how a session ends in it. */

/** @typedef {import('./types.js').SessionRecord} SessionRecord */

/** The reason of a tombstone that the user's own act wrote. */
export const SIGNED_OUT = 'signed_out';
/** With cookies: another session has taken this one's place in the browser. */
export const OTHER_SESSION = 'other_session';

/**
 * Tells whether two records are of one generation of one sign-in.
 *
 * @param {SessionRecord | null} a
 * @param {SessionRecord | null} b
 */
export const same = (a, b) =>
  a?.kind === b?.kind && a?.login === b?.login && a?.generation === b?.generation;

/**
 * Returns the stored value when it is a record, else null: a torn or foreign value counts as evicted.
 *
 * @param {unknown} value
 * @returns {SessionRecord | null}
 */
export function readable(value) {
  const record = /** @type {any} */ (value);
  const whole =
    Number.isFinite(record?.login) &&
    Number.isFinite(record.generation) &&
    (record.kind === 'ended'
      ? typeof record.reason === 'string'
      : record.kind === 'pair' &&
        typeof record.access === 'string' &&
        typeof record.refresh === 'string' &&
        typeof record.expiresAt === 'number' &&
        typeof record.receivedAt === 'number');
  return whole ? record : null;
}

/**
 * Makes the tombstone of a pair.
 *
 * @param {import('./types.js').Pair} pair
 * @param {string} reason
 * @returns {import('./types.js').Ended}
 */
export const endedRecord = ({ login, generation }, reason) => ({ kind: 'ended', login, generation, reason });
