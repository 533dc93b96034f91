/** Where a server that rotates keeps the refresh token: how it is asked, and where its answers hold the tokens. */

/** @typedef {import('./types.js').Tokens} Tokens */
/** @typedef {import('./types.js').Strategy} Strategy */

/** A refresh brings a new access token and a new refresh token. @type {Strategy} */
export const inBody = {
  ask: ({ refresh }) => ({ body: { refresh } }),
  read: ({ access, refresh }) => tokens(access, refresh),
};

/** The same, with the refresh token in a cookie that no script sees: in its place stands the session's id. @type {Strategy} */
export const inCookie = {
  ask: ({ refresh }) => ({
    body: {},
    ...(refresh ? { headers: { 'X-Session-Id': refresh } } : {}),
    credentials: 'include',
    // The reply to a page that was closed still reaches the cookies. With tokens in the body nobody would read it.
    keepalive: true,
  }),
  outlivesRecord: true,
  read: ({ access, sid }) => tokens(access, sid),
};

/**
 * @param {unknown} access
 * @param {unknown} refresh
 * @returns {Tokens | null} null unless both are tokens
 */
export const tokens = (access, refresh) => (isToken(access) && isToken(refresh) ? { access, refresh } : null);

/**
 * @param {unknown} value
 * @returns {value is string}
 */
const isToken = (value) => typeof value === 'string' && value !== '';
