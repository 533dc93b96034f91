/** Bug: sends a request that waited for a refresh under the name of whoever is signed in by then. */

/**
 * @param {number} _login
 * @param {import('../../session/types.js').Pair} _pair
 */
export const sameLogin = (_login, _pair) => true;
