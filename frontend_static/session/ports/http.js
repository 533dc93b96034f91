/** Port: requests to the server. */
import { abortAfter } from './abort.js';
import { isAtHome } from './origin.js';

/** @typedef {import('../types.js').Sendable} Sendable */

/**
 * @param {import('../types.js').Clock} clock
 * @param {number} timeout of one exchange with a token endpoint, in milliseconds
 * @returns {import('../types.js').Http}
 */
export const createHttp = (clock, timeout) => ({
  prepare,
  isAtHome,

  /** Posts JSON to a token endpoint and reads the whole answer; status 0 when none came in time. */
  async post(url, { body, headers, ...rest }) {
    const sentAt = clock.now();
    try {
      const reply = await fetch(url, {
        ...rest,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
        body: JSON.stringify(body),
        signal: abortAfter(clock, timeout),
      });
      const receivedAt = clock.now();
      return {
        status: reply.status,
        body: await jsonOf(new Response(await reply.text())),
        serverTime: Date.parse(reply.headers.get('Date') ?? '') || null,
        retryAfter: reply.headers.get('Retry-After'),
        challenge: reply.headers.get('WWW-Authenticate'),
        sentAt,
        receivedAt,
      };
    } catch {
      return { status: 0, sentAt, receivedAt: clock.now() };
    }
  },
});

/**
 * Makes a request ready to be sent more than once.
 *
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [init]
 * @returns {Sendable}
 */
function prepare(input, init) {
  const request = input instanceof Request ? input : null;
  return {
    url: request?.url ?? String(input),
    replayable: !(init?.body instanceof ReadableStream),
    signal: init?.signal ?? request?.signal,
    send(access) {
      const headers = new Headers(init?.headers ?? request?.headers);
      if (access) headers.set('Authorization', `Bearer ${access}`);
      // A request's body can be read once, so each sending reads a copy.
      return fetch(request?.clone() ?? input, { ...init, headers });
    },
    bodyOf: (reply) => jsonOf(/** @type {Response} */ (reply).clone()),
  };
}

/**
 * @param {Response} response
 * @returns {Promise<unknown>} undefined when it is no JSON
 */
const jsonOf = (response) => response.json().catch(() => undefined);
