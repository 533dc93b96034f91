/**
 * Keeps the users of a page signed in, with the JWTs of Django's SimpleJWT or of a server like it.
 *
 * Generated from frontend_static/session/ by `npm run build:one-file`; change the files there, not this one.
 * To use it, copy it into your app: it has no dependency, and needs no build step.
 *
 * - Automatic token refresh: shortly before a token expires, and when the server refuses it.
 * - Queue failed requests during refresh: they wait for the one refresh, and are sent again with the new token.
 * - Handle token rotation properly: new tokens are stored before anything else, and a refresh that fails ends nothing.
 * - Sync across multiple tabs: one tab refreshes for all; a sign-in and a sign-out reach every tab.
 *
 *     import { attachSession, createSession, words } from './frontend_token_solution.js';
 *
 *     const session = createSession();    // { urls, strategy, debug } where your server differs
 *     session.subscribe((state) => {      // opening, signed-in, reconnecting or signed-out
 *       document.querySelector('#status').textContent = words(state);
 *     });
 *     await session.signIn({ username, password });
 *     const reply = await session.fetch('/api/items/');
 *     attachSession(axios, session);      // or: axios does the same from here on
 *     const { data } = await axios.get('/api/items/');
 */

/**
 * The shapes that the parts of a session pass to each other.
 *
 * Times are milliseconds of this device's clock, unless a name says otherwise.
 *
 * @typedef {object} Pair a session that lives: what the record holds
 * @property {'pair'} kind
 * @property {number} login which sign-in it belongs to; a later sign-in has a greater number
 * @property {number} generation counts the tokens since the sign-in, whose own are 1
 * @property {string} access
 * @property {string} refresh
 * @property {number} receivedAt
 * @property {number} expiresAt when the access token expires, by this device's clock
 * @property {number | null} [serverOffset] the server's clock minus this device's, null when it did not tell
 *
 * @typedef {object} Ended a session that is over: the tombstone
 * @property {'ended'} kind
 * @property {number} login
 * @property {number} generation the generation that was refused or signed out
 * @property {string} reason a stable word
 *
 * @typedef {Pair | Ended} SessionRecord
 * @typedef {Required<Omit<Pair, 'kind' | 'access' | 'refresh'>>} Inspected what a page may show of a pair
 *
 * @typedef {object} Shown what a page shows
 * @property {'opening' | 'signed-in' | 'reconnecting' | 'signed-out'} status
 * @property {string | null} reason why one is signed out; null when nobody had signed in
 * @property {number | null} login changes when somebody signs in
 * @typedef {Readonly<Shown>} State
 *
 * @typedef {{login: number, type: 'usable' | 'stale'} | {type: 'trouble' | 'empty'} | {type: 'ended', reason: string}} StateEvent
 *
 * @typedef {object} Answer a reply of the server, or its absence
 * @property {number} status 0 when no complete reply came
 * @property {unknown} body the parsed JSON; undefined when it was none
 * @property {number | null} serverTime the Date header in Unix milliseconds
 * @property {string | null} retryAfter
 * @property {string | null} challenge the WWW-Authenticate header
 * @property {number} sentAt
 * @property {number} receivedAt
 *
 * @typedef {{access: string, refresh: string}} Tokens
 * @typedef {{iat: number, exp: number}} Claims Unix seconds, by the server's clock
 * @typedef {{body: object, headers?: Record<string, string>, credentials?: 'include', keepalive?: boolean}} Question what is sent to a
 *   token endpoint; `keepalive` lets it go on when the page is closed
 * @typedef {object} Strategy how a server keeps a session alive
 * @property {(tokens: Pick<Tokens, 'refresh'>) => Question} ask what a refresh sends, and a sign-out
 * @property {boolean} [outlivesRecord] a refresh may succeed for a tab that knows nothing
 * @property {(body: Record<string, unknown>, kept: string) => Tokens | null} read `kept` is the refresh token that
 *   stays when the answer brings none; empty at a sign-in
 *
 * @typedef {{kind: 'tokens', tokens: Tokens} | {kind: 'refused', reason: string} | {kind: 'transient'}} Meaning
 *
 * @typedef {{type: 'record', record: SessionRecord} | {type: 'look'} | {type: 'hello'}} Message
 *
 * @typedef {{status: number}} Reply
 * @typedef {object} Abort what is needed of an AbortSignal
 * @property {boolean} aborted
 * @property {any} reason
 * @property {(type: 'abort', then: () => void) => void} addEventListener
 * @property {(type: 'abort', then: () => void) => void} removeEventListener
 *
 * @typedef {object} Sendable a request that can be sent again with another token
 * @property {string} url
 * @property {boolean} replayable
 * @property {Abort | null} signal
 * @property {(access: string | null) => Promise<Reply>} send
 * @property {(reply: Reply) => Promise<unknown>} bodyOf the JSON, undefined when it is none; the page can still read it
 *
 * @typedef {{type: string, [detail: string]: string | number | boolean | null}} Event something that happened in a tab
 * @typedef {Event & {at: number, tab: string}} Told
 *
 * @typedef {object} Ticket one request's way through the session
 * @property {() => Promise<string>} token resolves to the access token to send the request with
 * @property {(status: number, body: () => Promise<unknown>) => Promise<boolean>} mustRepeat tells whether to send it again;
 *   `body` reads the answer's JSON, undefined when it is none
 * @typedef {(request: Pick<Sendable, 'replayable' | 'signal'>) => Ticket} CreateTicket
 *
 * @typedef {object} Clock
 * @property {() => number} now
 * @property {() => number} random from 0 up to 1
 * @property {(ms: number, then: () => void) => () => void} after returns what cancels it
 * @property {(ms: number, then: () => void) => () => void} every returns what stops it
 *
 * @typedef {object} Store one record, compared and set in one transaction
 * @property {() => Promise<unknown>} read
 * @property {(decide: (current: unknown) => unknown) => Promise<unknown>} update writes what `decide`
 *   returns unless null, and resolves to what was there before
 *
 * @typedef {object} Http
 * @property {(input: any, init?: any) => Sendable} prepare
 * @property {(url: string, home: string) => boolean} isAtHome whether a request would go to the origin of `home`
 * @property {(url: string, question: Question) => Promise<Answer>} post never rejects
 *
 * @typedef {object} Ports
 * @property {Clock} clock
 * @property {Store} store
 * @property {Http} http
 * @property {{post: (message: Message) => void, listen: (hear: (message: Message) => void) => () => void}} channel
 * @property {{online: () => boolean, listen: (wake: () => void, online: () => void) => () => void}} wake
 * @property {<T>(work: () => Promise<T>, mayTakeOver: () => boolean) => Promise<T>} lock
 * @property {(token: string) => Claims | null} claims
 * @property {(event: Event) => void} log
 *
 * @typedef {object} Settings
 * @property {{signIn: string, refresh: string, signOut: string}} urls
 * @property {string} strategy the name of one in strategy.js
 * @property {string} report where a forced logout is told, as `{"reason"}`; empty: nowhere
 * @property {number} patience how long a request waits for a refresh that fails
 * @property {number} checkEvery the wall-clock check
 * @property {number} helloTime how long an opening tab waits for other tabs when the record is gone
 * @property {number} shareTime what a pair that storage refused needs to reach the other tabs
 *
 * @typedef {'rotating' | 'cookie' | 'no_rotation' | 'sliding'} StrategyName as the server's settings
 * @typedef {object} Choices
 * @property {string} [name] tells two sessions of one origin apart
 * @property {boolean} [debug] says in the console what happens; left out: in development alone
 * @property {StrategyName} [strategy] left out: `rotating`
 * @typedef {Choices & Partial<Omit<Settings, 'strategy'>> & Partial<Ports>} SessionOptions
 */

// session/black-box.js
// The black box: what happened lately in all tabs, to be read after a crash, a reload, or a sign-out nobody wanted.

/** Enough for a night of refreshes in one tab, or for the minute in which fifty tabs wake. */
const MOST = 300;

/**
 * Keeps events in a store that the tabs share; what it refuses stays in memory, and is tried again with the next.
 *
 * @param {Store} store
 * @param {Clock} clock
 * @param {() => object} around what is the case when an event happens
 */
function createBlackBox(store, clock, around) {
  const tab = clock.random().toString(36).slice(2, 8);
  /** @type {Told[]} */
  let owed = [];
  let writing = Promise.resolve();

  async function write() {
    const events = owed;
    if (!events.length) return;
    owed = [];
    await store.update((stored) => [...list(stored), ...events].slice(-MOST)).catch(() => {
      owed = [...events, ...owed].slice(-MOST);
    });
  }

  return {
    /**
     * Takes an event down, and returns it with what belongs to it.
     *
     * @param {Event} event
     * @returns {Told}
     */
    note(event) {
      const told = { at: clock.now(), tab, ...around(), ...event };
      owed = [...owed, told].slice(-MOST);
      writing = writing.then(write);
      return told;
    },

    /**
     * The last events of all tabs, in the order in which they were written; plain data, without any token or part of one.
     *
     * @returns {Promise<Told[]>}
     */
    async events() {
      await writing;
      const stored = list(await store.read().catch(() => null));
      return [...stored, ...owed];
    },
  };
}

/**
 * @param {unknown} stored
 * @returns {Told[]}
 */
const list = (stored) => (Array.isArray(stored) ? stored : []);

// session/diary.js
// What a session tells of itself: words, numbers and times, never a token or a part of one.

/**
 * @param {Pair} pair
 * @param {number} waited for the lock, in ms
 * @returns {Event}
 */
const aboutAttempt = ({ generation, expiresAt, refresh }, waited) =>
  ({ type: 'attempt', generation, expiresAt, waited, hasRefresh: refresh !== '' });

/**
 * @param {Meaning} meaning
 * @param {Pick<Answer, 'status' | 'sentAt' | 'receivedAt'>} answer `status` is 0 when none came
 * @returns {Event}
 */
const aboutAnswer = (meaning, { status, sentAt, receivedAt }) =>
  ({ type: meaning.kind, status, took: receivedAt - sentAt, ...(meaning.kind === 'refused' && { reason: meaning.reason }) });

/**
 * @param {SessionRecord} record
 * @param {boolean} isNew brought by the server just now, to this tab; else from storage or another tab
 * @returns {Event}
 */
function aboutRecord(record, isNew) {
  const { login, generation } = record;
  if (record.kind === 'ended') return { type: 'ended', login, generation, reason: record.reason };
  const { expiresAt, serverOffset = null } = record;
  return { type: isNew ? 'renewed' : 'adopted', login, generation, expiresAt, serverOffset };
}

/** @returns {Event} */
const aboutStorage = () => ({ type: 'unwritten' });

// session/errors.js

/**
 * What a session throws:
 *
 *     SessionError
 *     ├── SessionExpiredError      the session is over, and the only one that may sign out
 *     └── RefreshUnavailableError  no token now; the session goes on
 */

/** Something went wrong that has to do with the session; `status` is the server's, 0 when it did not answer. */
class SessionError extends Error {
  /**
   * @param {string} message
   * @param {{cause?: unknown, status?: number}} [options]
   */
  constructor(message, { cause, status = 0 } = {}) {
    super(message, { cause });
    this.name = new.target.name;
    this.status = status;
  }
}

/** The session is over; `reason` is the stable word that says why. */
class SessionExpiredError extends SessionError {
  /** @param {string | null} reason */
  constructor(reason) {
    super(`The session is over: ${reason ?? 'nobody is signed in'}.`);
    this.reason = reason;
  }
}

/** The access token could not be renewed now; `retryAfter` is the server's wish in milliseconds, or null. */
class RefreshUnavailableError extends SessionError {
  /**
   * @param {string} message
   * @param {{cause?: unknown, status?: number, retryAfter?: number | null}} [options]
   */
  constructor(message, { retryAfter = null, ...options } = {}) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}

// session/nap.js
// A wait that something else may cut short.

/** @param {Pick<Clock, 'after'>} clock */
function createNap(clock) {
  /** @type {Set<() => void>} */
  const sleepers = new Set();
  return {
    /**
     * Resolves after `ms`, or at the next `wake`.
     *
     * @param {number} ms
     * @returns {Promise<void>}
     */
    take: (ms) =>
      new Promise((resolve) => {
        const done = () => {
          cancel();
          sleepers.delete(done);
          resolve();
        };
        const cancel = clock.after(ms, done);
        sleepers.add(done);
      }),
    wake: () => [...sleepers].forEach((done) => done()),
  };
}

// session/record.js
// The session record: what a stored value is worth, and how a session ends in it.

/** The reason of a tombstone that the user's own act wrote. */
const SIGNED_OUT = 'signed_out';
/** With cookies: another session has taken this one's place in the browser. */
const OTHER_SESSION = 'other_session';

/**
 * Tells whether two records are of one generation of one sign-in.
 *
 * @param {SessionRecord | null} a
 * @param {SessionRecord | null} b
 */
const same = (a, b) =>
  a?.kind === b?.kind && a?.login === b?.login && a?.generation === b?.generation;

/**
 * Returns the stored value when it is a record, else null: a torn or foreign value counts as evicted.
 *
 * @param {unknown} value
 * @returns {SessionRecord | null}
 */
function readable(value) {
  const record = /** @type {any} */ (value);
  const whole =
    Number.isFinite(record?.login) &&
    Number.isFinite(record.generation) &&
    (record.kind === 'ended'
      ? typeof record.reason === 'string'
      : record.kind === 'pair' &&
        typeof record.access === 'string' &&
        typeof record.refresh === 'string' &&
        typeof record.expiresAt === 'number' &&
        typeof record.receivedAt === 'number');
  return whole ? record : null;
}

/**
 * Makes the tombstone of a pair.
 *
 * @param {Pair} pair
 * @param {string} reason
 * @returns {Ended}
 */
const endedRecord = ({ login, generation }, reason) => ({ kind: 'ended', login, generation, reason });

// session/refusal.js
// The server's words that end a session. Whatever else it says, or something in between, keeps it.

/** What an API's 401 calls an account that no refresh can help. */
const ENDS = ['user_inactive', 'user_not_found', 'password_changed'];

/** A reason is stored, shown and told: a sentence may hold what must not be. */
const WORD = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * Returns the reason why a refresh was refused for good, or null.
 *
 * That is a 401 in JSON with SimpleJWT's code `token_not_valid`; a `reason` beside it names the cause. With cookies a
 * 409 says that another session has taken this one's place in the browser. For an account
 * that is not active SimpleJWT sends a `detail` without a code; its challenge tells it from a captive portal.
 *
 * @param {Pick<Answer, 'status' | 'body' | 'challenge'>} answer
 */
function refusalOfRefresh({ status, body, challenge }) {
  const { code, reason, detail } = fields(body);
  if (status === 409 && code === OTHER_SESSION) return code;
  if (status !== 401) return null;
  if (code === 'token_not_valid') return typeof reason === 'string' && WORD.test(reason) ? reason : code;
  const isSimpleJwt = code === undefined && typeof detail === 'string' && /^Bearer\b/i.test(challenge ?? '');
  return isSimpleJwt ? 'refused' : null;
}

/**
 * Returns the reason why the API's 401 ends the session, or null when a refresh may help.
 *
 * On some servers it is the only word there is: their refresh goes on for an account that was closed.
 *
 * @param {unknown} body its JSON, undefined when it was none
 */
function refusalOfApi(body) {
  const { code } = fields(body);
  return ENDS.find((end) => end === code) ?? null;
}

/**
 * @param {unknown} body
 * @returns {Record<string, unknown>}
 */
const fields = (body) => Object(body);

// session/refresh-reply.js
// What the answer to a refresh means for the session.

/**
 * Reads an answer: new tokens, an explicit refusal, or anything else, which says nothing about the session.
 *
 * @param {Answer} answer
 * @param {Strategy} strategy
 * @param {string} kept the refresh token that stays when the answer brings none
 * @returns {Meaning}
 */
function meaningOf(answer, strategy, kept) {
  const tokens = answer.status === 200 ? strategy.read(Object(answer.body), kept) : null;
  if (tokens) return { kind: 'tokens', tokens };
  const reason = refusalOfRefresh(answer);
  return reason ? { kind: 'refused', reason } : { kind: 'transient' };
}

// session/retry-after.js
// How long a server wants to be left alone.

const LONGEST_WISH = 600_000;

/**
 * Returns the milliseconds that a Retry-After header asks for, at most ten minutes, or null.
 *
 * @param {string | null} header seconds or an HTTP date
 * @param {number} serverNow Unix milliseconds by the server's clock
 */
function retryAfter(header, serverNow) {
  if (!header) return null;
  const wish = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - serverNow;
  return wish >= 0 ? Math.min(wish, LONGEST_WISH) : null;
}

// session/server-clock.js
// What the round trip of an answer tells of the server's clock.

/** @typedef {{sentAt: number, receivedAt: number, serverTime: number | null}} Trip */

/** The Date header counts whole seconds; on average half of one has passed. */
const DATE_ROUNDING = 500;
/** A longer trip than any attempt may take: the clock was moved while it lasted. */
const LONGEST_TRIP = 30_000;

/**
 * Returns when the server answered, by this device's clock.
 *
 * @param {Trip} trip
 */
function answeredAt({ sentAt, receivedAt }) {
  const length = receivedAt - sentAt;
  return length >= 0 && length < LONGEST_TRIP ? sentAt + length / 2 : receivedAt;
}

/**
 * Returns when that was by the server's clock, in Unix ms; null when it did not tell.
 *
 * @param {Trip} trip
 */
const serverTimeOf = ({ serverTime }) => (serverTime === null ? null : serverTime + DATE_ROUNDING);

// session/expiry.js
// When an access token expires by this device's clock, which may be hours off.

/**
 * Returns the moment of expiry by this device's clock.
 *
 * The token's own lifetime counts from the midpoint of the round trip; the server's Date corrects it when the
 * token was issued earlier than it was sent (a token given out twice). Without claims it is never: a 401 decides.
 *
 * @param {Claims | null} claims
 * @param {Trip} trip
 */
function expiresAt(claims, trip) {
  if (!claims) return Infinity;
  const lifetime = (claims.exp - claims.iat) * 1000;
  const now = serverTimeOf(trip);
  const left = now === null ? lifetime : claims.exp * 1000 - now;
  // A Date that says otherwise belongs to some proxy: no server sends a token that has expired.
  return answeredAt(trip) + (left > 0 && left < lifetime ? left : lifetime);
}

// session/rotation.js
// The pair that follows from an answer with tokens.

/**
 * Makes the next generation of a session from the tokens that a refresh brought.
 *
 * @param {Pick<Pair, 'login' | 'generation' | 'refresh'>} pair
 * @param {Tokens} tokens
 * @param {Parameters<typeof expiresAt>[1]} trip
 * @param {Claims | null} claims of the new access token
 * @returns {Pair}
 */
function rotate(pair, tokens, trip, claims) {
  const serverTime = serverTimeOf(trip);
  return {
    kind: 'pair',
    login: pair.login,
    generation: pair.generation + 1,
    access: tokens.access,
    refresh: tokens.refresh,
    receivedAt: trip.receivedAt,
    expiresAt: expiresAt(claims, trip),
    serverOffset: serverTime === null ? null : serverTime - answeredAt(trip),
  };
}

// session/attempt.js
// One attempt to refresh, alone among the tabs.

/**
 * Makes the function that replaces a pair by a newer one: another tab's when there is one, else the server's.
 *
 * It rejects with SessionExpiredError when the session is over, with RefreshUnavailableError when that is unknown.
 *
 * @param {Ports} ports
 * @param {Settings} settings
 * @param {Strategy} strategy
 * @param {Held} held
 * @param {Keeper} keeper
 * @returns {(seen: Pair, mayTakeOver: () => boolean) => Promise<void>}
 */
function createAttempt({ lock, http, clock, claims, log }, { urls, shareTime }, strategy, held, keeper) {
  /**
   * @param {Pair} seen
   * @param {number} asked when the lock was asked for
   */
  async function attempt(seen, asked) {
    // Storage that cannot be read leaves the pair in memory.
    await keeper.look().catch(() => {});
    const pair = held.pair();
    if (!pair) throw new SessionExpiredError(held.state().reason);
    if (!same(pair, seen)) return;
    log(aboutAttempt(pair, clock.now() - asked));
    const answer = await http.post(urls.refresh, strategy.ask(pair));
    const meaning = meaningOf(answer, strategy, pair.refresh);
    log(aboutAnswer(meaning, answer));
    switch (meaning.kind) {
      case 'tokens':
        return keeper.commit(rotate(pair, meaning.tokens, answer, claims(meaning.tokens.access)));
      case 'refused':
        // Whoever signs in has the cookie a moment before the record.
        if (meaning.reason === OTHER_SESSION) await createNap(clock).take(shareTime);
        return keeper.end(pair, meaning.reason);
      case 'transient':
        throw unavailable(answer);
    }
  }

  /** @param {Answer} answer */
  function unavailable({ status, retryAfter: wish, serverTime }) {
    return new RefreshUnavailableError(
      status ? `The server answered ${status} without tokens.` : 'The server could not be reached.',
      { status, retryAfter: retryAfter(wish, serverTime ?? clock.now()) },
    );
  }

  return function alone(seen, mayTakeOver) {
    const asked = clock.now();
    return lock(() => attempt(seen, asked), mayTakeOver);
  };
}

// session/authorized-fetch.js
// `fetch` with the session's token: renews it when it must, and sends the request again.

/**
 * @param {Pick<Ports, 'http'>} ports
 * @param {CreateTicket} createTicket
 * @param {(url: string) => boolean} mayTell whether a token may go there
 */
function createFetch({ http }, createTicket, mayTell) {
  /**
   * Sends a request with the current token; the reply is the server's own, also a 401 that a refresh did not help.
   *
   * Rejects with SessionExpiredError when the session is over, with RefreshUnavailableError when it cannot be
   * renewed now, with SessionError when the request cannot be sent again, and as `fetch` does.
   *
   * @param {any} input
   * @param {any} [init]
   * @returns {Promise<Reply>}
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

// session/strategy.js
// The ways in which a server keeps a session alive: how it is asked, and where its answers hold the tokens.

/** @type {Strategy['ask']} */
const askWithRefresh = ({ refresh }) => ({ body: { refresh } });

/** @type {Record<string, Strategy>} */
const STRATEGIES = {
  /** A refresh brings a new access token and a new refresh token. */
  rotating: {
    ask: askWithRefresh,
    read: ({ access, refresh }) => tokens(access, refresh),
  },
  /** The same, with the refresh token in a cookie that no script sees: in its place stands the session's id. */
  cookie: {
    ask: ({ refresh }) => ({
      // A JWT is from before the site changed to cookies, and goes where it went then.
      ...(refresh.includes('.') ? askWithRefresh({ refresh }) : { body: {}, headers: refresh ? { 'X-Session-Id': refresh } : {} }),
      credentials: 'include',
      // The reply to a page that was closed still reaches the cookies. With tokens in the body nobody would read it.
      keepalive: true,
    }),
    outlivesRecord: true,
    read: ({ access, sid }) => tokens(access, sid),
  },
  /** A refresh brings a new access token; the refresh token stays. */
  no_rotation: {
    ask: askWithRefresh,
    read: ({ access, refresh }, kept) => tokens(access, refresh || kept),
  },
  /** One token is both, and is renewed while it still holds. */
  sliding: {
    ask: ({ refresh }) => ({ body: { token: refresh } }),
    read: ({ token }) => tokens(token, token),
  },
};

/**
 * Returns the strategy of that name; throws TypeError when there is none.
 *
 * @param {string} name
 */
function strategyNamed(name) {
  if (Object.hasOwn(STRATEGIES, name)) return STRATEGIES[name];
  throw new TypeError(`There is no strategy "${name}", but ${Object.keys(STRATEGIES).join(', ')}.`);
}

/**
 * Tells whether the access token is its own refresh token, as sliding ones are.
 *
 * @param {Tokens} pair
 */
const renewsItself = ({ access, refresh }) => access === refresh;

/**
 * @param {unknown} access
 * @param {unknown} refresh
 * @returns {Tokens | null}
 */
const tokens = (access, refresh) => (isToken(access) && isToken(refresh) ? { access, refresh } : null);

/**
 * @param {unknown} value
 * @returns {value is string}
 */
const isToken = (value) => typeof value === 'string' && value !== '';

// session/judge.js
// What to do about an access token that grows old.

const BUFFER = 60_000;
const MIN_INTERVAL = 10_000;

/**
 * Judges an access token: `fresh`, `due` for a refresh while it can still be used, or `expired`.
 *
 * Just received, it is fresh whatever the clock says: otherwise a wrong clock refreshes for ever. One that renews
 * itself is lost with its session once it expires, so it is due at half its life.
 *
 * @param {Omit<Pair, 'kind' | 'login' | 'generation'>} pair
 * @param {number} now
 * @returns {'fresh' | 'due' | 'expired'}
 */
function judge(pair, now) {
  const age = now - pair.receivedAt;
  if (age >= 0 && age < MIN_INTERVAL) return 'fresh';
  if (now >= pair.expiresAt) return 'expired';
  const life = pair.expiresAt - pair.receivedAt;
  const buffer = renewsItself(pair) ? life / 2 : Math.min(BUFFER, life / 4);
  return now >= pair.expiresAt - buffer ? 'due' : 'fresh';
}

// session/machine.js
// The state of a session as a page shows it: "unknown" is apart from signed in and from signed out.

/** @type {State} */
const OPENING = { status: 'opening', reason: null, login: null };

/**
 * Returns the state after an event; the same object when nothing has changed.
 *
 * @param {State} state
 * @param {StateEvent} event
 * @returns {State}
 */
function reduce(state, event) {
  const next = after(state, event);
  const changed = next.status !== state.status || next.reason !== state.reason || next.login !== state.login;
  return changed ? next : state;
}

/**
 * @param {State} state
 * @param {StateEvent} event
 * @returns {State}
 */
function after(state, event) {
  switch (event.type) {
    case 'usable':
      return { status: 'signed-in', reason: null, login: event.login };
    case 'stale': // A session with an expired token: good until the server says otherwise.
      return { status: state.status === 'signed-out' ? 'opening' : state.status, reason: null, login: event.login };
    case 'trouble':
      return state.status === 'signed-out' ? state : { ...state, status: 'reconnecting' };
    case 'empty':
      return { status: 'signed-out', reason: null, login: null };
    case 'ended':
      return { status: 'signed-out', reason: event.reason, login: null };
  }
}

// session/surface.js
// What a page brings along may fail.

/**
 * Runs something of the page's; its mistake must surface, yet not stop a refresh half-way.
 *
 * @param {Pick<Clock, 'after'>} clock
 * @param {() => void} act
 */
function surface(clock, act) {
  try {
    act();
  } catch (error) {
    clock.after(0, () => {
      throw error;
    });
  }
}

// session/held.js
// What one tab holds in memory, and the state that follows from it.

/** @typedef {ReturnType<typeof createHeld>} Held */

/** @param {Pick<Clock, 'now' | 'after'>} clock */
function createHeld(clock) {
  /** @type {SessionRecord | null} */
  let record = null;
  let state = OPENING;
  /** @type {Set<(state: State) => void>} */
  const watchers = new Set();
  /** @type {Set<(record: SessionRecord, isNew: boolean) => void>} */
  const takers = new Set();

  /** @param {StateEvent} event */
  function dispatch(event) {
    const next = reduce(state, event);
    if (next === state) return;
    state = next;
    for (const watcher of [...watchers]) tell(watcher);
  }

  /** @param {(state: State) => void} watcher */
  function tell(watcher) {
    surface(clock, () => watcher(state));
  }

  return {
    record: () => record,
    /** The living pair, or null. */
    pair: () => (record?.kind === 'pair' ? record : null),
    state: () => state,
    dispatch,

    /**
     * Takes a record as the tab's own; `isNew` tokens count as usable whatever the clock says.
     *
     * @param {SessionRecord} next
     * @param {boolean} [isNew]
     */
    hold(next, isNew = false) {
      record = next;
      if (next.kind === 'ended') dispatch({ type: 'ended', reason: next.reason });
      else dispatch({ type: isNew || judge(next, clock.now()) !== 'expired' ? 'usable' : 'stale', login: next.login });
      for (const taker of takers) taker(next, isNew);
    },

    /** Forgets the record: nobody is signed in. */
    drop() {
      record = null;
      dispatch({ type: 'empty' });
    },

    /** @param {(record: SessionRecord, isNew: boolean) => void} taker called after each record that is taken */
    onHold: (taker) => void takers.add(taker),

    /**
     * Calls a watcher now and at each change, until the returned function is called.
     *
     * @param {(state: State) => void} watcher
     * @returns {() => void}
     */
    subscribe(watcher) {
      watchers.add(watcher);
      tell(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}

// session/supersedes.js
// Which of two session records is the newer one.

/**
 * Tells whether `next` may replace `current`: a later sign-in may, and within one sign-in a later generation
 * or its end; nothing follows an end.
 *
 * @param {SessionRecord} next
 * @param {SessionRecord | null} current
 */
function supersedes(next, current) {
  if (!current) return true;
  if (next.login !== current.login) return next.login > current.login;
  if (current.kind === 'ended') return false;
  if (next.kind === 'pair') return next.generation > current.generation;
  // A refusal speaks of the generation that was refused; the user's act of the whole session.
  return next.reason === SIGNED_OUT || next.generation >= current.generation;
}

// session/reconcile.js
// What a tab does about a record that it comes across: in storage, or told by another tab.

/**
 * Decides between what this tab holds and what it has seen: which of them to `take`, or to `write`, if any.
 *
 * An absent record was evicted, for a sign-out leaves a tombstone: a tab that lives writes its own again, unless
 * it has not had any token yet.
 *
 * @param {SessionRecord | null} held
 * @param {SessionRecord | null} seen
 * @returns {{take?: SessionRecord, write?: SessionRecord}}
 */
function reconcile(held, seen) {
  if (!seen) return held?.kind === 'pair' && held.generation ? { write: held } : {};
  if (supersedes(seen, held)) return { take: seen };
  return held && supersedes(held, seen) ? { write: held } : {};
}

// session/keeper.js
// Takes, keeps and ends the session of one tab, always in step with the record.

/** @typedef {ReturnType<typeof createKeeper>} Keeper */

/**
 * @param {Pick<Ports, 'store' | 'channel'>} ports
 * @param {Held} held
 * @param {Persist} persist
 * @param {Revoke['revoke']} revoke tells the server that a pair is no longer wanted
 * @param {(reason: string) => void} report tells the server that somebody was signed out against their will
 */
function createKeeper({ store, channel }, held, persist, revoke, report) {
  /** @param {SessionRecord} record */
  function take(record) {
    if (supersedes(record, held.record())) held.hold(record);
  }

  /** @param {SessionRecord | null} record */
  async function seen(record) {
    const todo = reconcile(held.record(), record);
    if (todo.take) held.hold(todo.take);
    if (todo.write) take((await persist(todo.write)).standing);
  }

  /**
   * Signs a pair out at the server when another sign-in, or the user's sign-out, has taken its place.
   *
   * @param {SessionRecord | null} former
   * @param {SessionRecord | null} now
   */
  function leave(former, now) {
    if (former?.kind !== 'pair' || !former.generation || !now) return;
    // With cookies two of this tab's requests may have brought tokens of one session.
    const isOver = now.kind === 'ended' ? now.reason === SIGNED_OUT : now.login !== former.login && now.refresh !== former.refresh;
    if (isOver) void revoke(former);
  }

  return {
    take,
    seen,
    /** Reads the record anew and acts on it; rejects when storage cannot be read. */
    look: async () => seen(readable(await store.read())),

    /**
     * Keeps new tokens: the record first, then memory, then the other tabs; drops them when the session is over.
     *
     * @param {Pair} next
     */
    async commit(next) {
      const written = supersedes(next, held.record()) && (await persist(next));
      const mine = held.record();
      if (written && same(written.standing, next) && supersedes(next, mine)) {
        held.hold(next, true);
        channel.post({ type: 'look' });
        leave(written.before ?? mine, next);
        return;
      }
      if (written) await seen(written.standing);
      leave(next, held.record());
    },

    /**
     * Ends the session for a reason of the server, in every tab, unless a newer generation stands. One that the tab
     * had only hoped for is forgotten.
     *
     * @param {Pair} pair the one that was refused
     * @param {string} reason
     */
    async end(pair, reason) {
      if (!pair.generation) return held.drop();
      const { before, standing } = await persist(endedRecord(pair, reason));
      // One tab tells, and the black box of each knows why; what the user ended meanwhile is told by nobody.
      const isNews = before?.kind !== 'ended' && held.record()?.kind !== 'ended';
      take(standing);
      if (standing.kind === 'pair') return;
      if (isNews) report(standing.reason);
      channel.post({ type: 'record', record: standing });
      throw new SessionExpiredError(standing.reason);
    },

    /** Ends the session by the user's act: here at once, then for every tab, then at the server. */
    async signOut() {
      const pair = held.pair();
      if (!pair) return;
      const ended = endedRecord(pair, SIGNED_OUT);
      held.hold(ended);
      const { before } = await persist(ended);
      channel.post({ type: 'record', record: ended });
      void revoke(before?.kind === 'pair' && before.login === pair.login ? before : pair);
    },
  };
}

// session/backoff.js
// How long to wait before the next attempt.

/** The longest wait of any kind. */
const LONGEST = 30_000;
const BASE = 400;

/**
 * Returns the wait after the given number of failures: exponential, capped, with jitter.
 *
 * A quarter is certain, so that bad luck never sends six attempts within three seconds.
 *
 * @param {number} failures 1 after the first
 * @param {number} random from 0 up to 1
 * @param {number} [longest]
 */
function delayAfter(failures, random, longest = LONGEST) {
  const ceiling = Math.min(longest, BASE * 2 ** Math.min(failures - 1, 20));
  return ceiling * (0.25 + 0.75 * random);
}

// session/persist.js
// Writes the record, and goes on trying when storage refuses.

/** @typedef {{before: SessionRecord | null, standing: SessionRecord}} Written */
/** @typedef {(next: SessionRecord) => Promise<Written>} Persist */

/** The record must stand before the user reloads, so the retries stay close together. */
const LONGEST_RETRY = 5_000;

/**
 * Makes the function that writes a record unless a newer one stands, and never rejects.
 *
 * It resolves to what was there before and what stands now. A record that cannot be written is told to the
 * other tabs, counts as standing, and is written later; `onOther` hears of what stands then instead of it.
 *
 * @param {Pick<Ports, 'store' | 'channel' | 'clock' | 'log'>} ports
 * @param {Pick<Settings, 'shareTime'>} settings
 * @param {(standing: SessionRecord) => void} onOther
 * @returns {Persist}
 */
function createPersist({ store, channel, clock, log }, { shareTime }, onOther) {
  const nap = createNap(clock);
  /** @type {SessionRecord | null} */
  let owed = null;
  let retrying = false;

  /** @type {Persist} */
  async function put(next) {
    const found = await store.update((current) => (supersedes(next, readable(current)) ? next : null));
    const before = readable(found);
    const standing = before && !supersedes(next, before) ? before : next;
    if (owed && !supersedes(owed, standing)) owed = null;
    return { before, standing };
  }

  async function retry() {
    if (retrying) return;
    retrying = true;
    for (let failures = 1; owed; failures += 1) {
      await nap.take(delayAfter(failures, clock.random(), LONGEST_RETRY));
      try {
        if (!owed) break;
        const { standing } = await put(owed);
        onOther(standing);
        channel.post({ type: 'look' });
      } catch {
        // Still refused: the next round tries again.
      }
    }
    retrying = false;
  }

  return async function persist(next) {
    try {
      return await put(next);
    } catch {
      log(aboutStorage());
      if (supersedes(next, owed)) owed = next;
      void retry();
      channel.post({ type: 'record', record: next });
      // A tab that waits for the lock must hear of the pair before it gets it: storage cannot tell.
      await nap.take(shareTime);
      return { before: null, standing: next };
    }
  };
}

// session/doubt.js
// What a tab remembers of the access token that the server refused.

/** @typedef {ReturnType<typeof createDoubt>} Doubt */

/** A new token that is refused at once is not worth another refresh so soon. */
const VAIN_INTERVAL = 10_000;

/** @param {Pick<Clock, 'now'>} clock */
function createDoubt(clock) {
  /** @type {{pair: Pair, at: number, healed: boolean} | null} */
  let doubt = null;

  /** @param {Pair | null} pair */
  const about = (pair) => same(pair, doubt?.pair ?? null);

  return {
    about,

    /**
     * Notes that the server refused a pair's access token; it is not sent again.
     *
     * @param {Pair} pair
     */
    refused(pair) {
      if (!about(pair)) doubt = { pair, at: clock.now(), healed: false };
    },

    /** Notes that the server accepts the tokens again. */
    accepted: () => void (doubt && (doubt.healed = true)),

    /**
     * Tells whether a refused pair is itself the fruit of a refusal just now.
     *
     * @param {Pair | null} pair
     */
    inVain(pair) {
      if (!doubt || doubt.healed || about(pair)) return false;
      const since = clock.now() - doubt.at;
      return since >= 0 && since < VAIN_INTERVAL;
    },
  };
}

// session/flight.js
// One refresh at a time in a tab: all who ask while it is under way share it.

/**
 * Makes the function that starts `work`, or joins the one that is under way.
 *
 * @template T
 * @param {(about: T) => Promise<void>} work
 * @returns {(about: T) => Promise<void>}
 */
function createFlight(work) {
  /** @type {Promise<void> | null} */
  let flight = null;
  return function share(about) {
    flight ??= work(about).finally(() => {
      flight = null;
    });
    // Nobody may be waiting for it; whoever does hears of the rejection all the same.
    flight.catch(() => {});
    return flight;
  };
}

// session/renewal.js
// Goes on trying to renew a pair until it is renewed or the session is over.

/** @typedef {ReturnType<typeof createRenewal>} Renewal */

/** A page that asks again and again may not turn the back-off into a storm. */
const NUDGE_INTERVAL = 2_000;

/**
 * @param {Pick<Ports, 'clock' | 'wake'>} ports
 * @param {Held} held
 * @param {ReturnType<typeof createAttempt>} attempt
 * @param {(pair: Pair) => boolean} usable
 */
function createRenewal({ clock, wake }, held, attempt, usable) {
  const nap = createNap(clock);
  let lastAttempt = -Infinity;
  let mayNudge = true;

  held.onHold(nap.wake);

  /**
   * Resolves to `none` after a good attempt, else to the wait that the server asks for.
   *
   * @param {Pair} seen
   * @returns {Promise<'none' | number | null>}
   */
  async function trouble(seen) {
    try {
      await attempt(seen, () => !usable(seen));
      return 'none';
    } catch (error) {
      if (error instanceof SessionExpiredError) throw error;
      return error instanceof RefreshUnavailableError ? error.retryAfter : null;
    }
  }

  /**
   * @param {Pair} seen
   * @param {number} ms
   * @param {boolean} nudgeable
   */
  async function pause(seen, ms, nudgeable) {
    if (!same(held.record(), seen)) return;
    if (!usable(seen)) held.dispatch({ type: 'trouble' });
    mayNudge = nudgeable;
    await nap.take(ms);
  }

  return {
    /**
     * Resolves once a newer pair stands; rejects with SessionExpiredError.
     *
     * @param {Pair} seen
     */
    async renew(seen) {
      for (let failures = 1; ; failures += 1) {
        if (!wake.online()) await pause(seen, LONGEST, true);
        if (!same(held.record(), seen)) return;
        lastAttempt = clock.now();
        const wish = await trouble(seen);
        if (wish === 'none') return;
        await pause(seen, Math.max(wish ?? 0, delayAfter(failures, clock.random())), wish === null);
      }
    },

    /** Cuts a wait short, unless the server asked for it. */
    resume: () => void (mayNudge && nap.wake()),

    /** Cuts a wait short for a request of the page, but not often. */
    nudge() {
      const since = clock.now() - lastAttempt;
      if (mayNudge && wake.online() && (since < 0 || since >= NUDGE_INTERVAL)) nap.wake();
    },
  };
}

// session/refresher.js
// Renews the pair of a tab, and knows whether it is worth sending.

/** @typedef {ReturnType<typeof createRefresher>} Refresher */

/**
 * @param {Pick<Ports, 'clock' | 'wake'>} ports
 * @param {Held} held
 * @param {ReturnType<typeof createAttempt>} attempt
 */
function createRefresher(ports, held, attempt) {
  const doubt = createDoubt(ports.clock);
  /** @param {Pair} pair */
  const usable = (pair) => judge(pair, ports.clock.now()) !== 'expired' && !doubt.about(pair);
  const { renew, resume, nudge } = createRenewal(ports, held, attempt, usable);
  const { refused, accepted, inVain } = doubt;
  return { usable, refresh: createFlight(renew), resume, nudge, refused, accepted, inVain };
}

// session/revoke.js
// Tells the server that a session is no longer wanted.

/** @typedef {ReturnType<typeof createRevoke>} Revoke */

/**
 * Makes the function that signs a pair out at the server, and goes on trying for as long as the page lives: one may sign
 * out offline. `resume` cuts a wait short.
 *
 * @param {Pick<Ports, 'http' | 'clock'>} ports
 * @param {Settings} settings
 * @param {Strategy} strategy
 */
function createRevoke({ http, clock }, { urls }, strategy) {
  const nap = createNap(clock);

  /** @param {Pair} pair */
  async function revoke(pair) {
    for (let failures = 1; ; failures += 1) {
      const { status } = await http.post(urls.signOut, { ...strategy.ask(pair), keepalive: true });
      if (status && status !== 429 && status < 500) return;
      await nap.take(delayAfter(failures, clock.random()));
    }
  }

  return { revoke, resume: nap.wake };
}

// session/sign-in.js
// Begins a session with a name and a password.

/** Who signs in has no token yet. */
const NOBODY = { refresh: '' };

/**
 * Makes the function that signs in; it rejects with SessionError, whose `status` is 401 when name or password are wrong.
 *
 * @param {Ports} ports
 * @param {Settings} settings
 * @param {Strategy} strategy
 * @param {Held} held
 * @param {Keeper} keeper
 */
function createSignIn({ http, store, clock, claims }, { urls }, strategy, held, keeper) {
  /** A number above that of every sign-in before, also when the record is gone or the clock was set back. */
  async function nextLogin() {
    const stored = readable(await store.read().catch(() => null));
    return Math.max(clock.now(), (stored?.login ?? 0) + 1, (held.record()?.login ?? 0) + 1);
  }

  /** @param {object} credentials as the server wants them: {username, password} */
  return async function signIn(credentials) {
    const answer = await http.post(urls.signIn, { ...strategy.ask(NOBODY), body: credentials });
    const meaning = meaningOf(answer, strategy, '');
    if (meaning.kind !== 'tokens') {
      throw new SessionError('The server did not sign in.', { status: answer.status });
    }
    const before = { login: await nextLogin(), generation: 0, ...NOBODY };
    await keeper.commit(rotate(before, meaning.tokens, answer, claims(meaning.tokens.access)));
  };
}

// session/same-login.js
// Whose request it is.

/**
 * Tells whether a request that was made under a sign-in may go out with a pair of now.
 *
 * @param {number} login
 * @param {Pair} pair
 */
const sameLogin = (login, pair) => pair.login === login;

// session/settle.js
// Waiting for something shared, without the right to stop it.

/**
 * Settles as `shared` does, or rejects after `patience` ms, or with the reason of the caller's own signal.
 *
 * @template T
 * @param {Promise<T>} shared
 * @param {{after: Clock['after'], patience: number, signal: Abort | null}} limits
 * @returns {Promise<T>}
 */
function settle(shared, { after, patience, signal }) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    const cancel = after(patience, () =>
      reject(new RefreshUnavailableError('The session could not be renewed in time.')),
    );
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', abort);
    };
    shared.then(resolve, reject).finally(done);
  });
}

// session/unauthorized.js
// What to do about a 401.

/**
 * Decides: `retry` with the current token when the 401 was earned by an older one, `refresh` when the current
 * one earned it, or `give up` when a refresh has not helped.
 *
 * @param {Pair} sent
 * @param {Pair | null} current
 * @param {boolean} refreshed whether this request has had its refresh
 * @returns {'retry' | 'refresh' | 'give up'}
 */
function onUnauthorized(sent, current, refreshed) {
  if (!same(sent, current)) return 'retry';
  return refreshed ? 'give up' : 'refresh';
}

// session/ticket.js
// A request's way through the session: which token it carries, and what to do about the answer.

/** A request may meet a late 401, one of its own, and the answer. */
const MOST_SENDS = 4;

/**
 * @param {Pick<Ports, 'clock'>} ports
 * @param {Settings} settings
 * @param {Held} held
 * @param {Keeper} keeper
 * @param {Refresher} refresher
 * @param {() => Promise<void>} ready
 * @returns {CreateTicket}
 */
function createTickets({ clock }, { patience }, held, keeper, refresher, ready) {
  /**
   * Gives one request its ticket.
   *
   * Both methods reject with SessionExpiredError when the session is over, and with SessionError when the request must
   * not be sent again; `token` also with RefreshUnavailableError when there is none now, and with the signal's reason.
   *
   * @param {Pick<Sendable, 'replayable' | 'signal'>} request
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

// session/watch.js
// Keeps a tab in step: on messages of other tabs, on waking up, and by a regular look at the clock.

/**
 * Starts to watch, and returns what stops it.
 *
 * @param {Ports} ports
 * @param {Settings} settings
 * @param {Held} held
 * @param {Keeper} keeper
 * @param {Refresher} refresher
 * @param {() => void} online what else is to be tried again when the device is online
 */
function watch({ channel, wake, clock }, { checkEvery }, held, keeper, refresher, online) {
  /** @type {Promise<void> | null} */
  let looking = null;

  function look() {
    // Days of ticks may come at once; one look serves them all.
    // Storage that cannot be read leaves the tab as it is.
    looking ??= keeper.look().catch(() => {}).finally(() => {
      looking = null;
    });
    return looking;
  }

  async function check() {
    await look();
    const pair = held.pair();
    if (pair && judge(pair, clock.now()) !== 'fresh') void refresher.refresh(pair);
  }

  /** @param {Message} message */
  function hear(message) {
    const mine = held.pair();
    if (message.type === 'record') void keeper.seen(message.record);
    else if (message.type === 'look') void keeper.look().catch(() => {});
    else if (mine) channel.post({ type: 'record', record: mine });
  }

  const stops = [
    channel.listen(hear),
    wake.listen(check, () => {
      refresher.resume();
      online();
    }),
    // Timers are late, or fire once after days of sleep: each tick looks at the clock instead of counting.
    clock.every(checkEvery, check),
  ];
  return { check, stop: () => stops.forEach((stop) => stop()) };
}

// session/create-session.js
// A session, put together from its parts and the ports to its surroundings.

/** @type {Settings} */
const DEFAULTS = {
  urls: { signIn: '/api/token/', refresh: '/api/token/refresh/', signOut: '/api/token/blacklist/' },
  strategy: 'rotating',
  report: '',
  patience: 10_000,
  checkEvery: 15_000,
  helloTime: 200,
  shareTime: 200,
};

/** What a tab holds that knows nothing and may yet be signed in; any session that is known supersedes it. @type {Pair} */
const HOPE = { kind: 'pair', login: 1, generation: 0, access: '', refresh: '', receivedAt: 0, expiresAt: 0 };

/**
 * Opens the session that the record holds, and returns the means to use, begin, end and watch it.
 *
 * @param {Ports} given
 * @param {Partial<Settings>} [options]
 */
function assemble(given, options) {
  const settings = { ...DEFAULTS, ...options };
  const { clock, channel, http } = given;
  /** @type {typeof given.log} */
  const log = (event) => surface(clock, () => given.log(event));
  const ports = { ...given, log };
  const strategy = strategyNamed(settings.strategy);
  const held = createHeld(clock);
  const persist = createPersist(ports, settings, (record) => keeper.take(record));
  const { revoke, resume } = createRevoke(ports, settings, strategy);
  /** @param {string} reason */
  const report = (reason) => settings.report && void http.post(settings.report, { body: { reason }, keepalive: true });
  const keeper = createKeeper(ports, held, persist, revoke, report);
  const refresher = createRefresher(ports, held, createAttempt(ports, settings, strategy, held, keeper));
  const watching = watch(ports, settings, held, keeper, refresher, resume);
  held.onHold((record, isNew) => log(aboutRecord(record, isNew)));

  async function open() {
    await keeper.look().catch(() => {});
    if (!held.record()) {
      // No record and no tombstone: it may have been evicted while another tab lives.
      channel.post({ type: 'hello' });
      await createNap(clock).take(settings.helloTime);
    }
    if (!held.record()) strategy.outlivesRecord ? held.hold(HOPE) : held.drop();
    void watching.check();
  }
  const opened = open();
  /** @param {string} url */
  const mayTell = (url) => http.isAtHome(url, settings.urls.refresh);
  const createTicket = createTickets(ports, settings, held, keeper, refresher, () => opened);

  return {
    /** As the global `fetch`, with the session's token. */
    fetch: createFetch(ports, createTicket, mayTell),
    mayTell,
    /** What `fetch` is made of, for an adapter to another way of sending. */
    createTicket,
    signIn: createSignIn(ports, settings, strategy, held, keeper),
    signOut: keeper.signOut,
    subscribe: held.subscribe,
    get state() {
      return held.state();
    },
    /** What a page may show of the session's tokens, in ms; null when there is none. */
    inspect() {
      const pair = held.pair();
      if (!pair?.generation) return null;
      const { login, generation, receivedAt, expiresAt, serverOffset = null } = pair;
      return { login, generation, receivedAt, expiresAt, serverOffset };
    },
    /** Stops timers and listeners; the record stays. */
    close: watching.stop,
  };
}

// session/ports/channel.js
// Port: messages between the tabs of one origin.

/**
 * Opens the channel; without BroadcastChannel nobody hears, and tabs learn from the record when they look.
 *
 * A record in localStorage tells of itself by its event, which comes once the new one can be read; a message may
 * come before.
 *
 * @param {string} name
 * @returns {Ports['channel']}
 */
function createChannel(name) {
  let channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  return {
    post: (message) => channel?.postMessage(message),
    listen(hear) {
      /** @param {MessageEvent<Message>} event */
      const onMessage = ({ data }) => hear(data);
      /** @param {StorageEvent} event */
      const onStorage = ({ key }) => key === `${name}.record` && hear({ type: 'look' });
      channel?.addEventListener('message', onMessage);
      addEventListener('storage', onStorage);
      return () => {
        removeEventListener('storage', onStorage);
        channel?.close();
        // A page that is unmounted may still sign out.
        channel = null;
      };
    },
  };
}

// session/ports/claims.js
// Port: what a JWT says about its lifetime, unverified.

/**
 * Returns `iat` and `exp`, or null when the token is no JWT that has both.
 *
 * @param {string} token
 * @returns {Claims | null}
 */
function claims(token) {
  try {
    const { iat, exp } = JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
    return Number.isFinite(iat) && Number.isFinite(exp) ? { iat, exp } : null;
  } catch {
    return null;
  }
}

// session/ports/clock.js
// Port: the device's clock and timers.

/** @returns {Clock} */
function createClock() {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    every(ms, then) {
      const timer = setInterval(then, ms);
      return () => clearInterval(timer);
    },
  };
}

// session/ports/origin.js
// Which addresses may be told a token: those of the origin that gives them out.

/**
 * Tells whether a request would go where another address is; the request's is read as `fetch` does, with the page's `<base>`.
 *
 * @param {string} url
 * @param {string} home below the page's own address, so that no `<base>` moves it
 */
const isAtHome = (url, home) => new URL(url, base()).origin === new URL(home, location.href).origin;

const base = () => (typeof document === 'undefined' ? location.href : document.baseURI);

// session/ports/http.js
// Port: requests to the server.

/**
 * @param {Clock} clock
 * @param {number} timeout of one exchange with a token endpoint, in milliseconds
 * @returns {Http}
 */
function createHttp(clock, timeout) {
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
 * @param {Clock} clock
 * @param {number} timeout
 * @param {string} url
 * @param {Question} question
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

// session/ports/lease.js
// Port: one tab at a time, for browsers without Web Locks: a lease in storage.

const POLL = 50;

/**
 * Makes a lock over a store that has compare-and-set; a lease that its holder left runs out by itself.
 *
 * @param {Store} store
 * @param {Clock} clock
 * @param {number} length of a lease in milliseconds
 * @returns {Ports['lock']}
 */
function createLease(store, clock, length) {
  const me = `${clock.now()}-${clock.random()}`;
  const wait = () => new Promise((resolve) => void clock.after(POLL * (1 + clock.random()), () => resolve(null)));

  /** @param {unknown} current */
  function isTaken(current) {
    const { holder, until = 0 } = /** @type {{holder?: string, until?: number}} */ (current ?? {});
    const left = until - clock.now();
    // Far longer than any lease: the clock was set back since. Tabs' clocks may differ a little.
    return holder !== me && left > 0 && left < 2 * length;
  }

  async function acquire() {
    const deadline = clock.now() + 2 * length;
    while (clock.now() < deadline) {
      let granted = false;
      await store.update((current) => {
        granted = !isTaken(current);
        return granted ? { holder: me, until: clock.now() + length } : null;
      });
      if (granted) return;
      await wait();
    }
    throw new RefreshUnavailableError('Another tab is refreshing, and slow.');
  }

  return async function alone(work) {
    // Storage that refuses cannot order the tabs; then the server's grace is the net.
    await acquire().catch((error) => {
      if (error instanceof RefreshUnavailableError) throw error;
    });
    try {
      return await work();
    } finally {
      await store.update((current) => (isMine(current) ? { holder: me, until: 0 } : null)).catch(() => {});
    }
  };

  /** @param {unknown} current */
  function isMine(current) {
    return /** @type {{holder?: string} | null} */ (current)?.holder === me;
  }
}

// session/ports/lock.js
// Port: one tab at a time.

/** @typedef {Ports['lock']} Lock */

/**
 * Makes the function that runs `work` while no other tab runs its own.
 *
 * When one holder keeps the lock for longer than about `patience` ms, it is taken over if `mayTakeOver` says so,
 * else the call rejects with RefreshUnavailableError. Without Web Locks `lease` does the same over storage.
 *
 * @param {string} name
 * @param {Clock} clock
 * @param {number} patience
 * @param {Lock} lease
 * @returns {Lock}
 */
function createLock(name, clock, patience, lease) {
  return async function alone(work, mayTakeOver) {
    if (!navigator.locks) return lease(work, mayTakeOver);
    for (;;) {
      const holder = await holderOf(name);
      const controller = new AbortController();
      // Tabs that wait together must not lose patience together, or each would take over from the other.
      const cancel = clock.after(patience * (1 + clock.random() / 4), () => controller.abort());
      try {
        return await request(name, { signal: controller.signal }, work, cancel);
      } catch (error) {
        if (!(error instanceof NotGranted)) throw error;
        if ((await holderOf(name)) !== holder) continue;
        if (mayTakeOver()) return request(name, { steal: true }, work, () => {});
        throw new RefreshUnavailableError('Another tab is refreshing, and slow.', { cause: error.cause });
      } finally {
        cancel();
      }
    }
  };
}

/**
 * Returns which page holds the lock.
 *
 * @param {string} name
 */
async function holderOf(name) {
  const { held = [] } = await navigator.locks.query();
  return held.find((lock) => lock.name === name)?.clientId;
}

class NotGranted extends Error {}

/**
 * Settles as `work` does, also when the lock is stolen meanwhile.
 *
 * @template T
 * @param {string} name
 * @param {LockOptions} options
 * @param {() => Promise<T>} work
 * @param {() => void} onGranted
 * @returns {Promise<T>}
 */
function request(name, options, work, onGranted) {
  return new Promise((resolve, reject) => {
    const granted = () => {
      onGranted();
      const running = work();
      resolve(running);
      // The lock is held until the work is done, however it ends.
      return running.catch(() => {});
    };
    navigator.locks.request(name, options, granted).catch((cause) => reject(new NotGranted('', { cause })));
  });
}

// session/ports/log.js
// Port: what happens, in the console of whoever debugs a page.

/** Tells whether a bundler has built the page for development; without a bundler nobody has. */
function inDevelopment() {
  try {
    return process.env.NODE_ENV === 'development';
  } catch {
    return false;
  }
}

/**
 * @param {boolean} isOn
 * @returns {Ports['log']}
 */
const createLog = (isOn) => (isOn ? ({ type, ...details }) => console.debug(`[session] ${type}`, details) : () => {});

/** What is the case in a tab, or a worker, when something happens. */
const surroundings = () => ({ online: navigator.onLine, visible: globalThis.document?.visibilityState === 'visible' });

// session/ports/local-store.js
// Port: one value in localStorage, for browsers without IndexedDB.

/**
 * Gives access to one value; both methods reject where localStorage is missing, denied or full.
 *
 * It is compared and set in one go, and still no lock orders the tabs: what another one has just written may not have
 * arrived here. Then two tabs refresh one after the other, and the one that is refused finds the newer tokens.
 *
 * @param {string} place the key in localStorage
 * @returns {Store}
 */
function createLocalStore(place) {
  const read = () => fromJson(localStorage.getItem(place) ?? '');
  return {
    read: async () => read(),
    async update(decide) {
      const before = read();
      const next = decide(before);
      if (next !== null) localStorage.setItem(place, JSON.stringify(next, writable));
      return before;
    },
  };
}

/** @param {string} text what is torn or foreign counts as nothing */
function fromJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * JSON has no Infinity, which is when a token that tells nothing of itself expires.
 *
 * @param {string} _name
 * @param {unknown} value
 */
const writable = (_name, value) => (value === Infinity ? Number.MAX_VALUE : value);

// session/ports/record-store.js
// Port: one value in IndexedDB, compared and set in one transaction.

const TABLE = 'values';
/** A database that never answers must not hold up the page for ever. */
const PATIENCE = 3_000;

/**
 * Gives access to one value; both methods reject when storage is full, blocked or silent.
 *
 * A connection lives for one transaction, so that clearing the site's data leaves none that is dead. Where there is no
 * IndexedDB at all, localStorage has to do.
 *
 * @param {string} name of the database
 * @param {string} key
 * @param {Clock} clock
 * @param {IDBTransactionDurability} [durability] what must survive a crash of the device is `strict`
 * @returns {Store}
 */
function createStore(name, key, clock, durability = 'strict') {
  if (!hasIndexedDb()) return createLocalStore(`${name}.${key}`);

  /**
   * @param {IDBTransactionMode} mode
   * @param {(current: unknown) => unknown} decide
   */
  async function transact(mode, decide) {
    const database = await open(name);
    try {
      return await run(database.transaction(TABLE, mode, { durability }), key, decide);
    } finally {
      database.close();
    }
  }
  return {
    read: () => within(clock, transact('readonly', () => null)),
    update: (decide) => within(clock, transact('readwrite', decide)),
  };
}

function hasIndexedDb() {
  try {
    return !!indexedDB;
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
function open(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Resolves to the value that was there, once the transaction is complete.
 *
 * @param {IDBTransaction} transaction
 * @param {string} key
 * @param {(current: unknown) => unknown} decide
 * @returns {Promise<unknown>}
 */
function run(transaction, key, decide) {
  return new Promise((resolve, reject) => {
    const table = transaction.objectStore(TABLE);
    const reading = table.get(key);
    reading.onsuccess = () => {
      try {
        const next = decide(reading.result ?? null);
        if (next !== null) table.put(next, key);
      } catch (error) {
        reject(error);
        transaction.abort();
      }
    };
    transaction.oncomplete = () => resolve(reading.result ?? null);
    transaction.onabort = () => reject(transaction.error);
  });
}

/**
 * @template T
 * @param {Clock} clock
 * @param {Promise<T>} transaction
 * @returns {Promise<T>}
 */
function within(clock, transaction) {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(PATIENCE, () => reject(new Error('The database does not answer.')));
    transaction.then(resolve, reject).finally(cancel);
  });
}

// session/ports/wake.js
// Port: when a page comes back to life, and whether the device is online.

/** @returns {Ports['wake']} */
function createWake() {
  return {
    online: () => navigator.onLine !== false,
    listen(wake, online) {
      const stop = new AbortController();
      const { signal } = stop;
      const onVisible = () => document.visibilityState === 'visible' && wake();
      document.addEventListener('visibilitychange', onVisible, { signal });
      document.addEventListener('resume', wake, { signal });
      for (const type of ['focus', 'pageshow', 'online']) addEventListener(type, wake, { signal });
      addEventListener('online', online, { signal });
      return () => stop.abort();
    },
  };
}

// session/words.js
// The state of a session in words for people.

/** @type {Record<string, string>} */
const BECAUSE = {
  expired: 'you had not been here for too long',
  absolute_expired: 'the session reached its greatest age',
  logged_out: 'this session was signed out elsewhere',
  password_changed: 'the password was changed',
  no_active_account: 'the account is not active',
  user_inactive: 'the account is not active',
  user_not_found: 'the account no longer exists',
  refused: 'the server no longer accepts this account',
  reuse_detected: 'an old copy of this session was used, perhaps by somebody else',
  revoked_reuse: 'an old copy of this session was used, perhaps by somebody else',
  family_unknown: 'the server no longer knows this session',
  missing: 'this browser no longer holds the session',
  other_session: 'somebody else has signed in here',
  token_not_valid: 'the session has expired, or was ended elsewhere',
};

/**
 * Returns a sentence about the state, empty when there is nothing to say.
 *
 * @param {State} state
 */
function words({ status, reason }) {
  if (status === 'reconnecting') return 'Reconnecting…';
  if (status !== 'signed-out' || !reason) return '';
  if (reason === 'signed_out') return 'You have signed out.';
  const because = BECAUSE[reason] ?? `the server no longer accepts this session (${reason})`;
  return `You were signed out because ${because}.`;
}

// session/index.js
// The session client for browsers: what a page imports.

/**
 * @typedef {object} Members
 * @property {typeof globalThis.fetch} fetch as the global one, with the session's token; also rejects with SessionExpiredError,
 *   RefreshUnavailableError or SessionError
 * @property {(url: string) => boolean} mayTell whether a request there carries the token: it goes where `urls.refresh` is
 * @property {CreateTicket} createTicket what `fetch` is made of, for an adapter to another way of sending
 * @property {(credentials: object) => Promise<void>} signIn takes what the server wants, as {username, password}; rejects with
 *   SessionError, whose `status` is 401 when they are wrong
 * @property {() => Promise<void>} signOut ends the session here at once, then in every tab, then at the server
 * @property {(watcher: (state: State) => void) => () => void} subscribe calls a watcher now and at each change, until the
 *   returned function is called
 * @property {State} state
 * @property {() => Inspected | null} inspect what a page may show of the session's tokens; null when there is none
 * @property {() => Promise<Told[]>} events the black box: what happened lately in all tabs, never a token
 * @property {() => void} close stops timers and listeners; the record stays
 */
/** @typedef {Readonly<Members>} Session */

/** Shorter than the server's grace and longer than one attempt, so that a lost holder costs no session. */
const LOCK_LEASE = 10_000;
const ATTEMPT_TIMEOUT = 8_000;

/**
 * Opens the session of this origin.
 *
 * Options: `name` tells two sessions of one origin apart; `urls` are the token endpoints; `strategy` is `rotating`,
 * `cookie`, `no_rotation` or `sliding`, as the server's settings; `patience` is how many milliseconds a request waits for a
 * refresh that fails; `debug` says in the console what happens (default: in development); `report`
 * is where a forced logout is told; any port may be replaced.
 *
 * @param {SessionOptions} [options]
 * @returns {Session}
 */
function createSession({ name = 'nologout-session', debug = inDevelopment(), ...rest } = {}) {
  // A setting that a page has not got is left out.
  const options = /** @type {typeof rest} */ (
    Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  );
  const clock = options.clock ?? createClock();
  const lease = createLease(createStore(name, 'lease', clock), clock, LOCK_LEASE);
  // A database of its own, so that nothing waits for it.
  const box = createBlackBox(createStore(`${name}-events`, 'events', clock, 'relaxed'), clock, surroundings);
  const tell = options.log ?? createLog(debug);
  const session = assemble(
    {
      clock,
      store: createStore(name, 'record', clock),
      http: createHttp(clock, ATTEMPT_TIMEOUT),
      channel: createChannel(name),
      wake: createWake(),
      lock: createLock(name, clock, LOCK_LEASE, lease),
      claims,
      ...options,
      log: (event) => tell(box.note(event)),
    },
    options,
  );
  const whole = Object.assign(session, { events: box.events });
  // The port for HTTP takes and gives what `fetch` does.
  return /** @type {typeof whole & Pick<Session, 'fetch'>} */ (whole);
}

// session/adapters/axios.js
// For axios: interceptors with which its requests carry the session's token, wait for a renewal and are repeated.

/** @typedef {import('axios').AxiosInstance} AxiosInstance */
/** @typedef {import('axios').AxiosResponse} AxiosResponse */

/**
 * What a request's config may hold for the session: `session: false` sends it without.
 *
 * @typedef {object} SessionConfig
 * @property {false} [session]
 * @property {Ticket} [sessionTicket] ours, which axios hands on from one sending to the next
 * @property {any} [signal]
 */
/** @typedef {import('axios').InternalAxiosRequestConfig & SessionConfig} Config */

/**
 * Puts a session behind an axios instance; the returned function takes it away again.
 *
 * Beside axios's own errors a request rejects as the session's `fetch` does: with SessionExpiredError,
 * RefreshUnavailableError or SessionError. No token goes to an origin that gives none out.
 *
 * @param {AxiosInstance} axios
 * @param {Pick<Session, 'createTicket' | 'mayTell'>} session
 */
function attachSession(axios, session) {
  /** @param {Config} config */
  async function authorize(config) {
    if (config.session === false || !session.mayTell(axios.getUri(config))) return config;
    const { data, signal = null } = config;
    config.sessionTicket ??= session.createTicket({ replayable: !(data instanceof ReadableStream), signal });
    try {
      config.headers.set('Authorization', `Bearer ${await config.sessionTicket.token()}`);
    } catch (error) {
      // Then axios refuses to send it, with an error that is its own.
      if (!signal?.aborted) throw error;
    }
    return config;
  }

  /**
   * Returns the answer to the repeated request, or null when the first one stands.
   *
   * @param {AxiosResponse | undefined} response
   */
  async function repeated(response) {
    const config = /** @type {Config | undefined} */ (response?.config);
    const ticket = config?.sessionTicket;
    if (!response || !ticket || !(await ticket.mustRepeat(response.status, () => bodyOf(response)))) return null;
    return axios.request(/** @type {Config} */ (config));
  }

  const asked = axios.interceptors.request.use(authorize);
  const answered = axios.interceptors.response.use(
    async (response) => (await repeated(response)) ?? response,
    async (error) => {
      const reply = await repeated(error.response);
      if (reply) return reply;
      throw error;
    },
  );
  return () => {
    axios.interceptors.request.eject(asked);
    axios.interceptors.response.eject(answered);
  };
}

/**
 * Reads an answer's JSON, also where the request wanted text or bytes.
 *
 * @param {AxiosResponse} response
 * @returns {Promise<unknown>}
 */
async function bodyOf({ data }) {
  const isRaw = typeof data === 'string' || data instanceof Blob || data instanceof ArrayBuffer;
  return isRaw ? new Response(data).json().catch(() => undefined) : data;
}

export { RefreshUnavailableError, SessionError, SessionExpiredError, attachSession, createSession, words };
