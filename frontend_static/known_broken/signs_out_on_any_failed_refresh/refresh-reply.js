/** Bug: any refresh that brings no tokens ends the session, be it a network error, a page of HTML or a 503. */

/**
 * @param {Pick<import('../../session/types.js').Answer, 'status' | 'body'>} answer
 * @returns {import('../../session/types.js').Meaning}
 */
export function meaningOf({ body }) {
  const { access, refresh } = /** @type {Record<string, any>} */ (body ?? {});
  if (access && refresh) return { kind: 'tokens', tokens: { access, refresh } };
  return { kind: 'refused', reason: 'refresh_failed' };
}
