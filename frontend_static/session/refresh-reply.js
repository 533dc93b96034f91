/** What the answer to a refresh means for the session. */

/** @typedef {import('./types.js').Meaning} Meaning */

/** @type {Meaning} */
const TRANSIENT = { kind: 'transient' };

/**
 * Reads an answer: new tokens, an explicit refusal, or anything else, which says nothing about the session.
 *
 * A refusal is a 401 in JSON with SimpleJWT's code `token_not_valid`; a `reason` beside it names the cause.
 *
 * @param {Pick<import('./types.js').Answer, 'status' | 'body'>} answer
 * @returns {Meaning}
 */
export function meaningOf({ status, body }) {
  const { access, refresh, code, reason } = /** @type {Record<string, unknown>} */ (body ?? {});
  if (status === 200 && isToken(access) && isToken(refresh)) {
    return { kind: 'tokens', tokens: { access, refresh } };
  }
  if (status !== 401 || code !== 'token_not_valid') return TRANSIENT;
  return { kind: 'refused', reason: typeof reason === 'string' && reason ? reason : code };
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
const isToken = (value) => typeof value === 'string' && value !== '';
