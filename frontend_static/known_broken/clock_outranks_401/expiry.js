/** Bug: takes the token's `exp`, which is the server's time, for a time of this device's clock. */

/** @param {import('../../session/types.js').Claims | null} claims */
export const expiresAt = (claims) => (claims ? claims.exp * 1000 : Infinity);
