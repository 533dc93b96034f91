/** The ways in which a server keeps a session alive, by the names that its settings have. */
import { inBody, inCookie, tokens } from './transport.js';

/** @typedef {import('./types.js').Strategy} Strategy */

/** @type {Record<import('./types.js').StrategyName, Strategy>} */
const STRATEGIES = {
  rotating: inBody,
  cookie: {
    ...inCookie,
    ask({ refresh }) {
      // A JWT is from before the site changed to cookies, and goes where it went then.
      if (refresh.includes('.')) return { ...inCookie.ask({ refresh: '' }), ...inBody.ask({ refresh }) };
      return inCookie.ask({ refresh });
    },
  },
  /** A refresh brings a new access token; the refresh token stays. */
  no_rotation: {
    ask: inBody.ask,
    read: ({ access, refresh }, kept) => tokens(access, refresh || kept),
  },
  /** One token is both, and is lost with its session once it has expired. */
  sliding: {
    ask: ({ refresh }) => ({ body: { token: refresh } }),
    read: ({ token }) => tokens(token, token),
    bufferOf: (life) => life / 2,
  },
};

/**
 * Returns the strategy of that name; throws TypeError when there is none.
 *
 * @param {import('./types.js').StrategyName} name
 */
export function strategyNamed(name) {
  if (Object.hasOwn(STRATEGIES, name)) return STRATEGIES[name];
  throw new TypeError(`No strategy "${name}", but ${Object.keys(STRATEGIES).join(', ')}.`);
}
