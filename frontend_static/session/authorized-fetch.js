/** `fetch` with the session's token: renews it when it must, and sends the request again. */
import { createTicket } from './ticket.js';

/** @typedef {import('./tab.js').Tab} Tab */

/**
 * Tells whether a request there carries the token.
 *
 * @param {Tab} tab
 * @param {string} url
 */
export const mayTell = ({ http, urls }, url) => http.isAtHome(url, urls.refresh);

/**
 * Sends a request with the current token; the reply is the server's own, also a 401 that a refresh did not help.
 *
 * Rejects with SessionExpiredError when the session is over, with RefreshUnavailableError when it cannot be
 * renewed now, with SessionError when the request cannot be sent again, and as `fetch` does.
 *
 * @param {Tab} tab
 * @param {any} input
 * @param {any} [init]
 * @returns {Promise<import('./types.js').Reply>}
 */
export async function authorizedFetch(tab, input, init) {
  const request = tab.http.prepare(input, init);
  if (!mayTell(tab, request.url)) return request.send(null);
  const ticket = createTicket(tab, request);
  for (;;) {
    const reply = await request.send(await ticket.token());
    if (!(await ticket.mustRepeat(reply.status, () => request.bodyOf(reply)))) return reply;
  }
}
