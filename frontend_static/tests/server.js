/** A strict server for tests: each refresh token can be used once, as SimpleJWT's rotation with blacklist does. */

/** @typedef {import('../session/types.js').Answer} Answer */
/** @typedef {'drop' | 'lose' | 'html' | {status: number, body?: unknown, retryAfter?: string} | Promise<void>} Fate */

const LIFETIME = 3600;

/** @param {() => number} now milliseconds by the server's clock */
export function createServer(now) {
  const state = {
    /** The one refresh token that is honoured. */
    newest: 0,
    ended: false,
    /** Access tokens up to this one are refused before their time. */
    refusesUpTo: 0,
    /** What becomes of the next refreshes, in turn; a promise holds the answer until it resolves. */
    fates: /** @type {Fate[]} */ ([]),
    refreshes: /** @type {string[]} */ ([]),
    revoked: /** @type {string[]} */ ([]),
    requests: /** @type {(string | null)[]} */ ([]),
    /** Holds the next answer of the API. */
    gate: /** @type {Promise<void> | null} */ (null),
    sendsDate: true,
  };

  function tokens() {
    state.newest += 1;
    const iat = Math.floor(now() / 1000);
    return { access: `a.${state.newest}.${iat}.${iat + LIFETIME}`, refresh: `r.${state.newest}` };
  }

  /** @param {number} status @param {unknown} body @param {string | null} [retryAfter] @returns {Answer} */
  function answer(status, body, retryAfter = null) {
    const serverTime = state.sendsDate ? Math.floor(now() / 1000) * 1000 : null;
    return { status, body, retryAfter, serverTime, sentAt: 0, receivedAt: 0 };
  }

  /** @param {string} refresh */
  function rotate(refresh) {
    const good = !state.ended && refresh === `r.${state.newest}`;
    return good ? answer(200, tokens()) : answer(401, { detail: 'Token is blacklisted', code: 'token_not_valid' });
  }

  /** @param {string} refresh @returns {Promise<Answer>} */
  async function refreshed(refresh) {
    state.refreshes.push(refresh);
    const fate = state.fates.shift();
    if (fate === 'drop') return answer(0, undefined);
    if (fate === 'html') return answer(200, undefined);
    if (fate && typeof fate === 'object' && 'status' in fate) return answer(fate.status, fate.body, fate.retryAfter);
    const reply = rotate(refresh);
    if (fate === 'lose') return answer(0, undefined);
    await fate;
    return reply;
  }

  /** @param {string} access */
  function accepts(access) {
    const [, number, , exp] = access.split('.');
    return Number(number) > state.refusesUpTo && now() < Number(exp) * 1000;
  }

  /** The clock of the device, which the world sets. */
  const device = { now };
  /** @type {import('../session/types.js').Http} */
  const http = {
    prepare: (_input, init) => ({
      ours: true,
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
    }),
    async post(url, body) {
      const sentAt = device.now();
      const { refresh } = /** @type {{refresh: string}} */ (body);
      let reply = answer(200, {});
      if (url.endsWith('/refresh/')) reply = await refreshed(refresh);
      else if (url.endsWith('/blacklist/')) state.revoked.push(refresh);
      else reply = answer(200, tokens());
      return { ...reply, sentAt, receivedAt: device.now() };
    },
  };

  /** @param {string} token */
  function claims(token) {
    const [, , iat, exp] = token.split('.');
    return { iat: Number(iat), exp: Number(exp) };
  }
  return { state, http, claims, device };
}
