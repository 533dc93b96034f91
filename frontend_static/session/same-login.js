/** Whose request it is. */

/**
 * Tells whether a request that was made under a sign-in may go out with a pair of now.
 *
 * @param {number} login
 * @param {import('./types.js').Pair} pair
 */
export const sameLogin = (login, pair) => pair.login === login;
