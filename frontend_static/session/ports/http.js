/** Port: requests to the server. */
import { isAtHome } from './origin.js';

/** @typedef {import('../types.js').Answer} Answer */
/** @typedef {import('../types.js').Sendable} Sendable */

/**
 * @param {import('../types.js').Clock} clock
 * @param {number} timeout of one exchange with a token endpoint, in milliseconds
 * @returns {import('../types.js').Http}
 */
export function createHttp(clock, timeout) {
  return { prepare, isAtHome, post: (url, question) => post(clock, timeout, url, question) };
}

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
    signal: init?.signal ?? request?.signal ?? null,
    send(access) {
      const headers = new Headers(init?.headers ?? request?.headers);
      if (access) headers.set('Authorization', `Bearer ${access}`);
      // A request's body can be read once, so each sending reads a copy.
      return fetch(request?.clone() ?? input, { ...init, headers });
    },
    bodyOf: (reply) => /** @type {Response} */ (reply).clone().json().catch(() => undefined),
  };
}

/**
 * Posts JSON to a token endpoint and reads the whole answer; status 0 when none came in time.
 *
 * @param {import('../types.js').Clock} clock
 * @param {number} timeout
 * @param {string} url
 * @param {import('../types.js').Question} question
 * @returns {Promise<Answer>}
 */
async function post(clock, timeout, url, { body, headers, ...rest }) {
  const controller = new AbortController();
  const cancel = clock.after(timeout, () => controller.abort());
  const sentAt = clock.now();
  try {
    const reply = await fetch(url, {
      ...rest,
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        // For the server's statistics; another origin would have to allow the header first.
        ...(isAtHome(url, '') && { 'X-Client-Time': String(sentAt / 1000) }),
        ...headers,
      },
      body: JSON.stringify(body),
      cache: 'no-store',
      signal: controller.signal,
    });
    const receivedAt = clock.now();
    const text = await reply.text();
    const date = Date.parse(reply.headers.get('Date') ?? '');
    return {
      status: reply.status,
      body: parsed(text),
      serverTime: Number.isNaN(date) ? null : date,
      retryAfter: reply.headers.get('Retry-After'),
      challenge: reply.headers.get('WWW-Authenticate'),
      sentAt,
      receivedAt,
    };
  } catch {
    const receivedAt = clock.now();
    return { status: 0, body: undefined, serverTime: null, retryAfter: null, challenge: null, sentAt, receivedAt };
  } finally {
    cancel();
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
