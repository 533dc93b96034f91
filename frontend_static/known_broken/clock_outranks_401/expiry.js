/** Bug: takes the token's `exp`, which is the server's time, for a time of this device's clock. */

/**
 * @param {import('../../session/types.js').Claims | null} claims
 * @param {Pick<import('../../session/types.js').Answer, 'receivedAt'>} answer
 */
export const timesOf = (claims, { receivedAt }) => ({ receivedAt, expiresAt: claims ? claims.exp * 1000 : Infinity });
