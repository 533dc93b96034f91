/** A request's way through the session: which token it carries, and what to do about the answer. */
import { isInVain, isUsable, refuse } from './doubt.js';
import { end } from './end.js';
import { SessionError } from './errors.js';
import { refresh } from './refresh.js';
import { refusalOfApi } from './refusal.js';
import { nudge } from './renewal.js';
import { sameLogin } from './same-login.js';
import { settle } from './settle.js';
import { living } from './tab.js';
import { onUnauthorized } from './unauthorized.js';

/** A request may meet a late 401, one of its own, and the answer. */
const MOST_SENDS = 4;

/**
 * Gives one request its ticket.
 *
 * Both methods reject with SessionExpiredError when the session is over, and with SessionError when the request must
 * not be sent again; `token` also with RefreshUnavailableError when there is none now, and with the signal's reason.
 *
 * @param {import('./tab.js').Tab} tab
 * @param {Pick<import('./types.js').Sendable, 'replayable' | 'signal'>} request
 * @returns {import('./types.js').Ticket}
 */
export function createTicket(tab, { replayable, signal }) {
  // Whose request it is must be known before any wait: somebody else may sign in meanwhile. A mere hope is nobody's yet.
  let login = tab.record?.generation && tab.record.login;
  /** @type {import('./types.js').Pair | null} */
  let sent = null;
  let sends = 0;
  let refreshed = false;

  function current() {
    const pair = living(tab);
    login ||= pair.login;
    if (sameLogin(login, pair)) return pair;
    throw new SessionError('Somebody signed in meanwhile.');
  }

  return {
    /** Resolves to the access token to send the request with, which may take a refresh. */
    async token() {
      await tab.opened;
      const pair = living(tab);
      if (!isUsable(tab, pair)) {
        nudge(tab);
        await settle(tab, refresh(tab, pair), signal);
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
      // The session is good: what was refused before says nothing about the next refusal.
      if (status !== 401) tab.refused = null;
      if (!sent || status !== 401) return false;
      const reason = refusalOfApi(await body());
      if (reason) await end(tab, sent, reason);
      const todo = onUnauthorized(sent, tab.record, refreshed || isInVain(tab, sent));
      if (todo === 'give up' || sends === MOST_SENDS) return false;
      if (!replayable) throw new SessionError('A stream is sent once.', { status });
      if (todo === 'refresh') {
        refreshed = true;
        refuse(tab, current());
      }
      return true;
    },
  };
}
