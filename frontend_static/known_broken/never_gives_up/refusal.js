/** Bug: takes no word of the server for the end of the session, and goes on trying for ever. */

/**
 * @param {unknown} _answer
 * @returns {string | null}
 */
export const refusalOfRefresh = (_answer) => null;

/**
 * @param {unknown} _body
 * @returns {string | null}
 */
export const refusalOfApi = (_body) => null;
