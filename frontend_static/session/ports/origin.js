/** Which addresses may be told a token: those of the origin that gives them out. */

/**
 * Tells whether a request would go where another address is; the request's is read as `fetch` does, with the page's `<base>`.
 *
 * @param {string} url
 * @param {string} home below the page's own address, so that no `<base>` moves it
 */
export const isAtHome = (url, home) => new URL(url, base()).origin === new URL(home, location.href).origin;

const base = () => (globalThis.document?.baseURI ?? location.href);
