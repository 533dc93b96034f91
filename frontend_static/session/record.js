/** The session record: which of two is newer, and what a stored value is worth. */

/** @typedef {import('./types.js').SessionRecord} SessionRecord */

/** The reason of a tombstone that the user's own act wrote. */
export const SIGNED_OUT = 'signed_out';

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
