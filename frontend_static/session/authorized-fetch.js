/** `fetch` with the session's token: renews it when it must, and sends the request again. */
import { SessionError, SessionExpiredError } from './errors.js';
import { settle } from './settle.js';
import { onUnauthorized } from './unauthorized.js';

/** A request may meet a late 401, one of its own, and the answer. */
const MOST_SENDS = 4;

/**
 * @param {Pick<import('./types.js').Ports, 'http' | 'clock'>} ports
 * @param {import('./types.js').Settings} settings
 * @param {import('./held.js').Held} held
 * @param {import('./refresher.js').Refresher} refresher
 * @param {() => Promise<void>} ready
 */
export function createFetch({ http, clock }, { patience }, held, refresher, ready) {
  /** @param {import('./types.js').Abort | null} signal */
  async function usablePair(signal) {
    const pair = current();
    if (refresher.usable(pair)) return pair;
    refresher.nudge();
    await settle(refresher.refresh(pair), { after: clock.after, patience, signal });
    // Even if the clock calls it expired: it is the newest there is, and the server decides.
    return current();
  }

  function current() {
    const pair = held.pair();
    if (!pair) throw new SessionExpiredError(held.state().reason);
    return pair;
  }

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
    if (!request.ours) return request.send(null);
    await ready();
    let pair = await usablePair(request.signal);
    const { login } = pair;
    let refreshed = false;
    for (let sends = 1; ; sends += 1) {
      const reply = await request.send(pair.access);
      if (reply.status !== 401) {
        refresher.accepted();
        return reply;
      }
      const now = held.pair();
      const todo = onUnauthorized(pair, now, refreshed || refresher.inVain(now));
      if (todo === 'give up' || sends === MOST_SENDS) return reply;
      if (!request.replayable) {
        throw new SessionError('The body is a stream, which cannot be sent again.', { status: 401 });
      }
      if (todo === 'refresh' && now) {
        refreshed = true;
        refresher.refused(now);
      }
      pair = await usablePair(request.signal);
      if (pair.login !== login) throw new SessionError('Somebody signed in meanwhile; the request was theirs who left.');
    }
  };
}
