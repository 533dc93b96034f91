/** How long a server wants to be left alone. */

const LONGEST_WISH = 600_000;

/**
 * Returns the milliseconds that a Retry-After header asks for, at most ten minutes, or null.
 *
 * @param {string | null | undefined} header seconds or an HTTP date
 * @param {number} serverNow Unix milliseconds by the server's clock
 */
export function retryAfter(header, serverNow) {
  if (!header) return null;
  const seconds = Number(header);
  const wish = seconds >= 0 ? seconds * 1000 : Date.parse(header) - serverNow;
  return wish >= 0 ? Math.min(wish, LONGEST_WISH) : null;
}
