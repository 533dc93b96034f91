/** What an error says of the answer that brought no tokens. */
import { retryAfter } from './retry-after.js';

/**
 * @param {import('./types.js').Answer} answer
 * @param {number} now
 */
export const detailsOf = ({ status, retryAfter: header, serverTime }, now) => ({
  status,
  retryAfter: retryAfter(header, serverTime ?? now),
});
