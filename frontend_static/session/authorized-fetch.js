/** `fetch` with the session's token: renews it when it must, and sends the request again. */

/**
 * @param {Pick<import('./types.js').Ports, 'http'>} ports
 * @param {import('./types.js').CreateTicket} createTicket
 * @param {(url: string) => boolean} mayTell whether a token may go there
 */
export function createFetch({ http }, createTicket, mayTell) {
  /**
   * Sends a request with the current token; the reply is the server's own, also a 401 that a refresh did not help.
   *
   * Rejects with SessionExpiredError when the session is over, with RefreshUnavailableError when it cannot be
   * renewed now, with SessionError when the request cannot be sent again, and as `fetch` does.
   *
   * @param {any} input
   * @param {any} [init]
   * @returns {Promise<import('./types.js').Reply>}
   */
  return async function authorizedFetch(input, init) {
    const request = http.prepare(input, init);
    if (!mayTell(request.url)) return request.send(null);
    const ticket = createTicket(request);
    for (;;) {
      const reply = await request.send(await ticket.token());
      if (!(await ticket.mustRepeat(reply.status, () => request.bodyOf(reply)))) return reply;
    }
  };
}
