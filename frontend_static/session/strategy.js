/** The ways in which a server keeps a session alive: how it is asked, and where its answers hold the tokens. */

/** @typedef {import('./types.js').Tokens} Tokens */
/** @typedef {import('./types.js').Strategy} Strategy */

/** @type {Strategy['ask']} */
const askWithRefresh = ({ refresh }) => ({ body: { refresh } });

/** @type {Record<string, Strategy>} */
const STRATEGIES = {
  /** A refresh brings a new access token and a new refresh token. */
  rotating: {
    ask: askWithRefresh,
    read: ({ access, refresh }) => tokens(access, refresh),
  },
  /** The same, with the refresh token in a cookie that no script sees: in its place stands the session's id. */
  cookie: {
    ask: ({ refresh }) => ({
      // A JWT is from before the site changed to cookies, and goes where it went then.
      ...(refresh.includes('.') ? askWithRefresh({ refresh }) : { body: {}, headers: refresh ? { 'X-Session-Id': refresh } : {} }),
      credentials: 'include',
      // The reply to a page that was closed still reaches the cookies. With tokens in the body nobody would read it.
      keepalive: true,
    }),
    outlivesRecord: true,
    read: ({ access, sid }) => tokens(access, sid),
  },
  /** A refresh brings a new access token; the refresh token stays. */
  no_rotation: {
    ask: askWithRefresh,
    read: ({ access, refresh }, kept) => tokens(access, refresh || kept),
  },
  /** One token is both, and is renewed while it still holds. */
  sliding: {
    ask: ({ refresh }) => ({ body: { token: refresh } }),
    read: ({ token }) => tokens(token, token),
  },
};

/**
 * Returns the strategy of that name; throws TypeError when there is none.
 *
 * @param {string} name
 */
export function strategyNamed(name) {
  if (Object.hasOwn(STRATEGIES, name)) return STRATEGIES[name];
  throw new TypeError(`There is no strategy "${name}", but ${Object.keys(STRATEGIES).join(', ')}.`);
}

/**
 * Tells whether the access token is its own refresh token, as sliding ones are.
 *
 * @param {Tokens} pair
 */
export const renewsItself = ({ access, refresh }) => access === refresh;

/**
 * @param {unknown} access
 * @param {unknown} refresh
 * @returns {Tokens | null}
 */
const tokens = (access, refresh) => (isToken(access) && isToken(refresh) ? { access, refresh } : null);

/**
 * @param {unknown} value
 * @returns {value is string}
 */
const isToken = (value) => typeof value === 'string' && value !== '';
