/** Bug: does not hear how long the server wants to be left alone. */

/**
 * @param {string | null} _header
 * @param {number} _serverNow
 * @returns {number | null}
 */
export const retryAfter = (_header, _serverNow) => null;
