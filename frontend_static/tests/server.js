/** A strict server for tests: each refresh token can be used once, as SimpleJWT's rotation with blacklist does. */
import { createTokens } from './tokens.js';

/** @typedef {import('../session/types.js').Answer} Answer */
/** @typedef {{status: number, body?: unknown, retryAfter?: string, challenge?: string}} Fixed */
/** @typedef {'drop' | 'lose' | 'html' | Fixed | Promise<void>} Fate */

const OTHER_SESSION = { detail: 'Another session has begun in this browser', code: 'other_session', reason: 'other_session' };

/**
 * @param {() => number} now milliseconds by the server's clock
 * @param {string} strategy
 * @param {string} tail what every token ends with
 */
export function createServer(now, strategy, tail) {
  const issue = createTokens(now, strategy, tail);
  const state = {
    /** The one refresh token that is honoured, counted from 1. */
    get newest() {
      return issue.newest;
    },
    set newest(number) {
      issue.newest = number;
    },
    ended: false,
    /** Access tokens up to this one are refused before their time. */
    refusesUpTo: 0,
    /** The `code` of the API's next refusals. */
    code: 'token_not_valid',
    /** What becomes of the next refreshes, in turn; a promise holds the answer until it resolves. */
    fates: /** @type {Fate[]} */ ([]),
    /** How many asked for a session that is not the browser's. */
    strangers: 0,
    refreshes: /** @type {string[]} */ ([]),
    revoked: /** @type {string[]} */ ([]),
    /** The reasons of the forced logouts that were told. */
    reports: /** @type {unknown[]} */ ([]),
    requests: /** @type {(string | null)[]} */ ([]),
    /** Holds the next answer of the API. */
    gate: /** @type {Promise<void> | null} */ (null),
    sendsDate: true,
  };

  /** @param {Fixed} fixed @returns {Answer} */
  function answer({ status, body, retryAfter, challenge }) {
    const serverTime = state.sendsDate ? Math.floor(now() / 1000) * 1000 : null;
    const headers = { retryAfter: retryAfter ?? null, challenge: challenge ?? null, serverTime };
    return { status, body, ...headers, sentAt: 0, receivedAt: 0 };
  }

  /** @param {string} refresh */
  function rotate(refresh) {
    const good = !state.ended && issue.honours(refresh);
    if (good) return answer({ status: 200, body: issue.renewed() });
    return answer({ status: 401, body: { detail: 'Token is blacklisted', code: 'token_not_valid' } });
  }

  /** @param {string} refresh @returns {Promise<Answer>} */
  async function refreshed(refresh) {
    state.refreshes.push(refresh);
    const fate = state.fates.shift();
    if (fate === 'drop') return answer({ status: 0 });
    if (fate === 'html') return answer({ status: 200 });
    if (fate && typeof fate === 'object' && 'status' in fate) return answer(fate);
    const reply = rotate(refresh);
    if (fate === 'lose') return answer({ status: 0 });
    await fate;
    return reply;
  }

  function strange() {
    state.strangers += 1;
    return answer({ status: 409, body: OTHER_SESSION });
  }

  /** @param {string} access */
  const accepts = (access) => issue.numberOf(access) > state.refusesUpTo && issue.isAlive(access);

  /** The clock of the device, which the world sets. */
  const device = { now };
  /** @type {import('../session/types.js').Http} */
  const http = {
    isAtHome: (url) => !url.includes('elsewhere.example'),
    prepare: (input, init) => ({
      url: input,
      replayable: init?.replayable ?? true,
      signal: init?.signal ?? null,
      async send(access) {
        state.requests.push(access);
        const status = accepts(access ?? '') ? 200 : 401;
        const held = state.gate;
        state.gate = null;
        await held;
        return { status };
      },
      bodyOf: async () => ({ detail: 'No.', code: state.code }),
    }),
    async post(url, { body, headers }) {
      const sentAt = device.now();
      const sid = headers?.['X-Session-Id'] ?? '';
      const { refresh = issue.cookie, token = refresh } = /** @type {{refresh?: string, token?: string}} */ (body);
      let reply = answer({ status: 200, body: {} });
      if (sid && sid !== issue.sid) reply = strange();
      else if (url === '/report/') state.reports.push(body);
      else if (url.endsWith('/refresh/')) reply = await refreshed(token);
      else if (url.endsWith('/blacklist/')) state.revoked.push(sid || token);
      else reply = answer({ status: 200, body: issue.first() });
      return { ...reply, sentAt, receivedAt: device.now() };
    },
  };
  return { state, http, claims: issue.claims, device };
}
