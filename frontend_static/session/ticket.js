/** A request's way through the session: which token it carries, and what to do about the answer. */
import { SessionError, SessionExpiredError } from './errors.js';
import { same } from './record.js';
import { refusalOfApi } from './refusal.js';
import { sameLogin } from './same-login.js';
import { settle } from './settle.js';
import { onUnauthorized } from './unauthorized.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {import('./types.js').CreateTicket} CreateTicket */

/** A request may meet a late 401, one of its own, and the answer. */
const MOST_SENDS = 4;

/**
 * @param {Pick<import('./types.js').Ports, 'clock'>} ports
 * @param {import('./types.js').Settings} settings
 * @param {import('./held.js').Held} held
 * @param {import('./keeper.js').Keeper} keeper
 * @param {import('./refresher.js').Refresher} refresher
 * @param {() => Promise<void>} ready
 * @returns {CreateTicket}
 */
export function createTickets({ clock }, { patience }, held, keeper, refresher, ready) {
  /**
   * Gives one request its ticket.
   *
   * Both methods reject with SessionExpiredError when the session is over, and with SessionError when the request must
   * not be sent again; `token` also with RefreshUnavailableError when there is none now, and with the signal's reason.
   *
   * @param {Pick<import('./types.js').Sendable, 'replayable' | 'signal'>} request
   */
  return function createTicket({ replayable, signal }) {
    // Whose request it is must be known before any wait: somebody else may sign in meanwhile.
    let login = held.pair()?.login ?? null;
    /** @type {Pair | null} */
    let sent = null;
    let sends = 0;
    let refreshed = false;

    function current() {
      const pair = held.pair();
      if (!pair) throw new SessionExpiredError(held.state().reason);
      login ??= pair.login;
      if (sameLogin(login, pair)) return pair;
      throw new SessionError('Somebody signed in meanwhile; the request was theirs who left.');
    }

    return {
      /** Resolves to the access token to send the request with, which may take a refresh. */
      async token() {
        await ready();
        const pair = current();
        if (!refresher.usable(pair)) {
          refresher.nudge();
          await settle(refresher.refresh(pair), { after: clock.after, patience, signal });
        }
        // Even if the clock calls it expired: it is the newest there is, and the server decides.
        sent = current();
        sends += 1;
        return sent.access;
      },

      /**
       * Tells whether to send the request again, with the token that is due then; else the answer is the request's.
       *
       * @param {number} status
       * @param {() => Promise<unknown>} body reads the answer's JSON, undefined when it is none
       */
      async mustRepeat(status, body) {
        if (!sent) return false;
        if (status !== 401) {
          refresher.accepted();
          return false;
        }
        const reason = refusalOfApi(await body());
        if (reason && same(sent, held.pair())) await keeper.end(sent, reason);
        const now = held.pair();
        const todo = onUnauthorized(sent, now, refreshed || refresher.inVain(now));
        if (todo === 'give up' || sends === MOST_SENDS) return false;
        if (!replayable) throw new SessionError('The body is a stream, which cannot be sent again.', { status });
        if (todo === 'refresh' && now) {
          refreshed = true;
          refresher.refused(now);
        }
        return true;
      },
    };
  };
}
