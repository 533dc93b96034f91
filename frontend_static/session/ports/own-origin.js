/** Which addresses may be told a token: those of the page's own origin. */

/**
 * Tells where a request would go, as `fetch` reads its address: a page's `<base>` counts.
 *
 * @param {string} url
 */
export const isOwnOrigin = (url) => new URL(url, base()).origin === location.origin;

const base = () => (typeof document === 'undefined' ? location.href : document.baseURI);
