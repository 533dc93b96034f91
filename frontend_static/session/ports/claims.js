/** Port: what a JWT says about its lifetime, unverified. */

/**
 * Returns `iat` and `exp`, or null when the token is no JWT that has both.
 *
 * @param {string} token
 * @returns {import('../types.js').Claims | null}
 */
export function claims(token) {
  try {
    const { iat, exp } = JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
    return Number.isFinite(exp - iat) ? { iat, exp } : null;
  } catch {
    return null;
  }
}
