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
 * @typedef {object} Answer a reply of the server, or its absence
 * @property {number} status 0 when no complete reply came
 * @property {unknown} [body] the parsed JSON; undefined when it was none
 * @property {number | null} [serverTime] the Date header in Unix milliseconds
 * @property {string | null} [retryAfter]
 * @property {string | null} [challenge] the WWW-Authenticate header
 * @property {number} sentAt
 * @property {number} receivedAt
 *
 * @typedef {{access: string, refresh: string}} Tokens
 * @typedef {{iat: number, exp: number}} Claims Unix seconds, by the server's clock
 * @typedef {{body: object, headers?: Record<string, string>, credentials?: 'include', keepalive?: boolean}} Question what is sent to a
 *   token endpoint; `keepalive` lets it go on when the page is closed
 * @typedef {object} Strategy how a server keeps a session alive
 * @property {(tokens: Pick<Tokens, 'refresh'>) => Question} ask what a refresh sends, and a sign-out
 * @property {(life: number) => number} [bufferOf] how long before it expires an access token is due, in ms, by its whole life
 * @property {boolean} [outlivesRecord] a refresh may succeed for a tab that knows nothing
 * @property {(body: Record<string, unknown>, kept: string) => Tokens | null} read `kept` is the refresh token that
 *   stays when the answer brings none; empty at a sign-in
 *
 * @typedef {{tokens: Tokens | null, reason: string | null}} Meaning of an answer; with neither the session goes on as it is
 *
 * @typedef {{record: SessionRecord | null}} Message what a tab holds, to the others; null from one that asks for it
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
 * @property {Abort | null} [signal]
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
 *
 * @typedef {object} Settings
 * @property {{signIn: string, refresh: string, signOut: string}} urls
 * @property {Strategy} strategy
 * @property {number} patience how long a request waits for a refresh that fails
 * @property {number} checkEvery the wall-clock check
 * @property {number} shareTime what word of another tab needs to get here: an opening tab whose record is gone waits for it, and a
 *   tab with tokens that storage refused lets the others hear of them
 * @property {Diary} [diary]
 * @typedef {Ports & Settings} Parts what a session is put together from
 *
 * @typedef {object} Memory what a tab holds beside them
 * @property {SessionRecord | null} record
 * @property {State} state
 * @property {Set<(state: State) => void>} watchers
 * @property {Promise<void>} [opened]
 * @property {SessionRecord | null} owed what storage has refused
 * @property {{pair: Pair, at: number} | null} refused whose access token the server has refused
 * @property {number} askedAt when the lock was last asked for
 * @property {boolean} mayNudge whether the present wait may be cut short: not one that the server asked for
 * @property {{[name: string]: Promise<void>}} flights what is under way
 * @property {Nap} nap the wait before a question to the server is asked again; the next record ends it
 *
 * @typedef {object} Diary hears what happens
 * @property {(pair: Pair, waited: number) => void} attempt a refresh is sent, after so many ms of waiting for the lock
 * @property {(answer: Answer, meaning: Meaning) => void} answer
 * @property {(record: SessionRecord | null, isNew?: boolean) => void} record one is taken, or none is left; `isNew` when the
 *   server's word brought it just now, to this tab; else it is from storage, another tab or the user
 * @property {() => void} unwritten storage refused a record
 *
 * @typedef {{name?: string} & Partial<Parts>} CoreOptions `name` tells two sessions of one origin apart
 *
 * @typedef {'rotating' | 'cookie' | 'no_rotation' | 'sliding'} StrategyName as the server's settings
 * @typedef {object} Extras what a session can do beside its core
 * @property {StrategyName} [strategy] left out: `rotating`
 * @property {string} [report] where a forced logout is told, as `{"reason"}`; left out: nowhere
 * @property {(event: Event) => void} log
 *
 * @typedef {object} Choices
 * @property {string} [name] tells two sessions of one origin apart
 * @property {boolean} [debug] says in the console what happens; left out: in development alone
 * @typedef {Ports & Extras & Partial<Omit<Settings, 'strategy' | 'diary'>>} AllParts
 * @typedef {Choices & Partial<AllParts>} SessionOptions
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
      owed = [...events, ...owed];
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

// session/recent.js
// What is recent by a clock that may be set meanwhile.

/**
 * Tells whether something happened less than `ms` ago; what lies in the future did not.
 *
 * @param {number} then
 * @param {number} now
 * @param {number} ms
 */
function isRecent(then, now, ms) {
  const age = now - then;
  return age >= 0 && age < ms;
}

// session/judge.js
// What to do about an access token that grows old.

const BUFFER = 60_000;
const MIN_INTERVAL = 10_000;

/**
 * Judges an access token: `fresh`, `due` for a refresh while it can still be used, or `expired`.
 *
 * Just received, it is fresh whatever the clock says: otherwise a wrong clock refreshes for ever.
 *
 * @param {Pick<Pair, 'receivedAt' | 'expiresAt'>} pair
 * @param {number} now
 * @param {(life: number) => number} [bufferOf] how long before it expires it is due, in ms
 * @returns {'fresh' | 'due' | 'expired'}
 */
function judge({ receivedAt, expiresAt }, now, bufferOf = (life) => Math.min(BUFFER, life / 4)) {
  if (isRecent(receivedAt, now, MIN_INTERVAL)) return 'fresh';
  if (now >= expiresAt) return 'expired';
  return now >= expiresAt - bufferOf(expiresAt - receivedAt) ? 'due' : 'fresh';
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
 * @param {SessionRecord} a
 * @param {SessionRecord | null} [b]
 */
const same = (a, b) => a.kind === b?.kind && a.login === b.login && a.generation === b.generation;

/**
 * Returns the stored value when it is a record, else null: a torn or foreign value counts as evicted.
 *
 * @param {unknown} value
 * @returns {SessionRecord | null}
 */
function readable(value) {
  const { kind, login, generation, reason, access, refresh } = Object(value);
  const texts = kind === 'ended' ? [reason] : [kind, access, refresh];
  const isWhole = Number.isFinite(login + generation) && texts.every((text) => typeof text === 'string');
  return isWhole ? /** @type {SessionRecord} */ (value) : null;
}

/**
 * Makes the tombstone of a pair.
 *
 * @param {Pair} pair
 * @param {string} reason
 * @returns {Ended}
 */
const endedRecord = ({ login, generation }, reason) => ({ kind: 'ended', login, generation, reason });

// session/doubt.js
// What a tab remembers of the access token that the server refused.

/** A new token that is refused at once is not worth another refresh so soon. */
const VAIN_INTERVAL = 10_000;

/**
 * @param {Tab} tab
 * @param {Pair} pair
 */
const isRefused = ({ refused }, pair) => same(pair, refused?.pair);

/**
 * Notes that the server refused a pair's access token; it is not sent again.
 *
 * @param {Tab} tab
 * @param {Pair} pair
 */
function refuse(tab, pair) {
  if (!isRefused(tab, pair)) tab.refused = { pair, at: tab.clock.now() };
}

/**
 * Tells whether a refused pair is itself the fruit of a refusal just now.
 *
 * @param {Tab} tab
 * @param {Pair} pair
 */
const isInVain = (tab, pair) =>
  tab.refused !== null && !isRefused(tab, pair) && isRecent(tab.refused.at, tab.clock.now(), VAIN_INTERVAL);

/**
 * Tells whether a pair's access token is worth sending.
 *
 * @param {Tab} tab
 * @param {Pair} pair
 */
const isUsable = (tab, pair) => judge(pair, tab.clock.now()) !== 'expired' && !isRefused(tab, pair);

// session/errors.js

/**
 * What a session throws:
 *
 *     SessionError
 *     ├── SessionExpiredError      the session is over, and the only one that may sign out
 *     └── RefreshUnavailableError  no token now; the session goes on
 */

/**
 * Something went wrong that has to do with the session; `status` is the server's, 0 when it did not answer, and
 * `retryAfter` its wish in milliseconds, or null.
 */
class SessionError extends Error {
  /**
   * @param {string} message
   * @param {{cause?: unknown, status?: number, retryAfter?: number | null}} [options]
   */
  constructor(message, options) {
    super(message, options);
    this.name = new.target.name;
    this.status = options?.status ?? 0;
    this.retryAfter = options?.retryAfter ?? null;
  }
}

/** The session is over; `reason` is the stable word that says why. */
class SessionExpiredError extends SessionError {
  /** @param {string | null} reason */
  constructor(reason) {
    super(`The session is over: ${reason ?? 'not signed in'}.`);
    this.reason = reason;
  }
}

/** The access token could not be renewed now. */
class RefreshUnavailableError extends SessionError {}

// session/flight.js
// One at a time in a tab: all who ask for something while it is under way share it.

/**
 * Starts `work`, or joins the one of that name that is under way.
 *
 * @param {Pick<Tab, 'flights'>} tab
 * @param {'look' | 'refresh' | 'rewrite'} name
 * @param {() => Promise<void>} work
 * @returns {Promise<void>}
 */
function share({ flights }, name, work) {
  const flight = (flights[name] ??= work().finally(() => {
    delete flights[name];
  }));
  // Nobody may be waiting for it; whoever does hears of the rejection all the same.
  flight.catch(() => {});
  return flight;
}

// session/nap.js
// Waits: for a time alone, or until something happens before.

/** @typedef {ReturnType<typeof createNap>} Nap */

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
        sleepers.add(resolve);
        clock.after(ms, () => {
          sleepers.delete(resolve);
          resolve();
        });
      }),
    wake: () => sleepers.forEach((resolve) => resolve()),
  };
}

/**
 * @param {Pick<Clock, 'after'>} clock
 * @param {number} ms
 */
const sleep = (clock, ms) => createNap(clock).take(ms);

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

// session/tab.js
// What one tab has of a session: its ports and settings, what it holds in memory, and the state that follows from that.

/** @typedef {Parts & Memory} Tab */

/**
 * @param {Parts} parts
 * @returns {Tab}
 */
const createTab = (parts) => ({
  ...parts,
  record: null,
  state: { status: 'opening', reason: null, login: null },
  watchers: new Set(),
  owed: null,
  refused: null,
  askedAt: 0,
  mayNudge: true,
  flights: {},
  nap: createNap(parts.clock),
});

/**
 * The living pair, or null.
 *
 * @param {Pick<Tab, 'record'>} tab
 */
const pairOf = ({ record }) => (record?.kind === 'pair' ? record : null);

/**
 * The living pair; throws SessionExpiredError when there is none.
 *
 * @param {Tab} tab
 */
function living(tab) {
  const pair = pairOf(tab);
  if (pair) return pair;
  throw new SessionExpiredError(tab.state.reason);
}

/**
 * Takes a record as the tab's own; null when nobody is signed in.
 *
 * @param {Tab} tab
 * @param {SessionRecord | null} record
 * @param {boolean} [isNew] brought by the server's word just now, to this tab: tokens count as usable whatever the clock says
 */
function hold(tab, record, isNew) {
  tab.record = record;
  show(tab, statusAfter(tab, record, isNew));
  tab.diary?.record(record, isNew);
  tab.nap.wake();
}

/**
 * Takes a record that is newer than the tab's own.
 *
 * @param {Tab} tab
 * @param {SessionRecord} record
 * @param {boolean} [isNew]
 */
function take(tab, record, isNew) {
  if (supersedes(record, tab.record)) hold(tab, record, isNew);
}

/**
 * A session with an expired token is good until the server says otherwise.
 *
 * @param {Tab} tab
 * @param {SessionRecord | null} record
 * @param {boolean} [isNew]
 */
function statusAfter({ clock, state: { status } }, record, isNew) {
  if (record?.kind !== 'pair') return 'signed-out';
  if (isNew || judge(record, clock.now()) !== 'expired') return 'signed-in';
  return status === 'signed-out' ? 'opening' : status;
}

/**
 * Shows a status, with what the record says beside it, to whoever watches.
 *
 * @param {Tab} tab
 * @param {State['status']} status
 */
function show(tab, status) {
  const { record, state } = tab;
  const reason = record?.kind === 'ended' ? record.reason : null;
  const login = pairOf(tab)?.login ?? null;
  if (status === state.status && reason === state.reason && login === state.login) return;
  tab.state = { status, reason, login };
  for (const watcher of [...tab.watchers]) tell(tab, watcher);
}

/**
 * @param {Tab} tab
 * @param {(state: State) => void} watcher
 */
const tell = (tab, watcher) => surface(tab.clock, () => watcher(tab.state));

/**
 * Calls a watcher now and at each change, until the returned function is called.
 *
 * @param {Tab} tab
 * @param {(state: State) => void} watcher
 * @returns {() => void}
 */
function subscribe(tab, watcher) {
  tab.watchers.add(watcher);
  tell(tab, watcher);
  return () => void tab.watchers.delete(watcher);
}

// session/persist.js
// Writes the record, and goes on trying when storage refuses.

/** @typedef {{before: SessionRecord | null, standing: SessionRecord}} Written what was there before, and what stands now */

/** The record must stand before the user reloads. */
const RETRY_INTERVAL = 1_000;

/**
 * Writes a record unless a newer one stands, and never rejects.
 *
 * A record that cannot be written is told to the other tabs, counts as standing, and is written later.
 *
 * @param {Tab} tab
 * @param {SessionRecord} next
 * @returns {Promise<Written>}
 */
async function persist(tab, next) {
  try {
    return await put(tab, next);
  } catch {
    tab.diary?.unwritten();
    if (supersedes(next, tab.owed)) tab.owed = next;
    void share(tab, 'rewrite', () => rewrite(tab));
    tab.channel.post({ record: next });
    // A tab that waits for the lock must hear of the pair before it gets it: storage cannot tell.
    await sleep(tab.clock, tab.shareTime);
    return { before: null, standing: next };
  }
}

/**
 * @param {Tab} tab
 * @param {SessionRecord} next
 * @returns {Promise<Written>}
 */
async function put(tab, next) {
  const before = readable(await tab.store.update((current) => (supersedes(next, readable(current)) ? next : null)));
  const standing = supersedes(next, before) ? next : /** @type {SessionRecord} */ (before);
  if (tab.owed && !supersedes(tab.owed, standing)) tab.owed = null;
  return { before, standing };
}

/** @param {Tab} tab */
async function rewrite(tab) {
  for (;;) {
    await sleep(tab.clock, RETRY_INTERVAL);
    if (!tab.owed) return;
    try {
      const { standing } = await put(tab, tab.owed);
      take(tab, standing);
      tab.channel.post({ record: standing });
    } catch {
      // Still refused: the next round tries again.
    }
  }
}

// session/end.js
// The end of a session by the server's word.

/**
 * Ends the session for a reason of the server, in every tab, unless newer tokens are known here or stand in the record.
 * One that the tab had only hoped for is forgotten.
 *
 * @param {Tab} tab
 * @param {Pair} pair the one that was refused
 * @param {string} reason
 */
async function end(tab, pair, reason) {
  if (!same(pair, tab.record)) return;
  if (!pair.generation) return hold(tab, null);
  const { before, standing } = await persist(tab, endedRecord(pair, reason));
  take(tab, standing, before?.kind !== 'ended');
  if (standing.kind === 'pair') return;
  tab.channel.post({ record: standing });
  throw new SessionExpiredError(standing.reason);
}

// session/retry-after.js
// How long a server wants to be left alone.

const LONGEST_WISH = 600_000;

/**
 * Returns the milliseconds that a Retry-After header asks for, at most ten minutes, or null.
 *
 * @param {string | null | undefined} header seconds or an HTTP date
 * @param {number} serverNow Unix milliseconds by the server's clock
 */
function retryAfter(header, serverNow) {
  if (!header) return null;
  const seconds = Number(header);
  const wish = seconds >= 0 ? seconds * 1000 : Date.parse(header) - serverNow;
  return wish >= 0 ? Math.min(wish, LONGEST_WISH) : null;
}

// session/answer-details.js
// What an error says of the answer that brought no tokens.

/**
 * @param {Answer} answer
 * @param {number} now
 */
const detailsOf = ({ status, retryAfter: header, serverTime }, now) => ({
  status,
  retryAfter: retryAfter(header, serverTime ?? now),
});

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
 */
const delayAfter = (failures, random) => Math.min(LONGEST, BASE * 2 ** (failures - 1)) * (0.25 + 0.75 * random);

// session/revoke.js
// Tells the server that a session is no longer wanted.

/**
 * Signs a pair out at the server, and goes on trying for as long as the page lives: one may sign out offline.
 *
 * @param {Tab} tab
 * @param {Pair} pair
 */
async function revoke({ http, urls, strategy, clock, nap }, pair) {
  for (let failures = 1; ; failures += 1) {
    const { status } = await http.post(urls.signOut, { ...strategy.ask(pair), keepalive: true });
    if (status && status !== 429 && status < 500) return;
    await nap.take(delayAfter(failures, clock.random()));
  }
}

// session/expiry.js
// When an access token expires by this device's clock, which may be hours off.

/** The Date header counts whole seconds; on average half of one has passed. */
const DATE_ROUNDING = 500;
/** A longer trip than any attempt may take: the clock was moved while it lasted. */
const LONGEST_TRIP = 30_000;
/** A token without claims is left to the server to refuse: in the year 5138, for JSON has no Infinity. */
const NEVER = { iat: 0, exp: 1e11 };

/**
 * Returns when a token came, when it expires, both by this device's clock, and how far the server's is ahead of that.
 *
 * The token's own lifetime counts from the midpoint of the round trip; the server's Date corrects it when the
 * token was issued earlier than it was sent (a token given out twice). Without claims it is never: a 401 decides.
 *
 * @param {Claims | null} claims
 * @param {Pick<Answer, 'sentAt' | 'receivedAt' | 'serverTime'>} answer
 * @returns {Pick<Pair, 'receivedAt' | 'expiresAt' | 'serverOffset'>}
 */
function timesOf(claims, { sentAt, receivedAt, serverTime }) {
  const answeredAt = isRecent(sentAt, receivedAt, LONGEST_TRIP) ? (sentAt + receivedAt) / 2 : receivedAt;
  const serverOffset = serverTime ? serverTime + DATE_ROUNDING - answeredAt : null;
  const { iat, exp } = claims ?? NEVER;
  const latest = answeredAt + (exp - iat) * 1000;
  const told = serverOffset === null ? latest : exp * 1000 - serverOffset;
  // A Date that says otherwise belongs to some proxy: no server sends a token that has expired.
  const expiresAt = told > answeredAt && told < latest ? told : latest;
  return { receivedAt, expiresAt, serverOffset };
}

// session/rotation.js
// The pair that follows from an answer with tokens.

/**
 * Makes the next generation of a session from the tokens that a refresh brought.
 *
 * @param {Pick<Pair, 'login' | 'generation'>} pair
 * @param {Tokens} tokens
 * @param {Answer} answer
 * @param {Claims | null} claims of the new access token
 * @returns {Pair}
 */
const rotate = ({ login, generation }, tokens, answer, claims) =>
  ({ kind: 'pair', login, generation: generation + 1, ...tokens, ...timesOf(claims, answer) });

// session/keeper.js
// Keeps the session of one tab in step with the record, and ends it by the user's act.

/**
 * Acts on a record that the tab has come across.
 *
 * @param {Tab} tab
 * @param {SessionRecord | null} record
 */
async function seen(tab, record) {
  const todo = reconcile(tab.record, record);
  if (todo.take) hold(tab, todo.take);
  if (todo.write) take(tab, (await persist(tab, todo.write)).standing);
}

/**
 * Reads the record anew and acts on it; storage that cannot be read leaves the tab as it is.
 *
 * @param {Tab} tab
 */
const look = (tab) => tab.store.read().then((stored) => seen(tab, readable(stored)), () => {});

/**
 * Signs a pair out at the server when another sign-in, or the user's sign-out, has taken its place.
 *
 * @param {Tab} tab
 * @param {SessionRecord | null} former
 * @param {SessionRecord | null} now
 */
function leave(tab, former, now) {
  if (former?.kind !== 'pair' || !former.generation || !now) return;
  // With cookies two of this tab's requests may have brought tokens of one session.
  const isOver = now.kind === 'ended' ? now.reason === SIGNED_OUT : now.login !== former.login && now.refresh !== former.refresh;
  if (isOver) void revoke(tab, former);
}

/**
 * Keeps new tokens: the record first, then memory, then the other tabs; drops them when the session is over.
 *
 * @param {Tab} tab
 * @param {Pick<Pair, 'login' | 'generation'>} former
 * @param {Tokens} tokens
 * @param {Answer} answer that brought them
 */
async function commit(tab, former, tokens, answer) {
  const next = rotate(former, tokens, answer, tab.claims(tokens.access));
  if (supersedes(next, tab.record)) {
    const { before, standing } = await persist(tab, next);
    const mine = tab.record;
    if (same(standing, next) && supersedes(next, mine)) {
      hold(tab, next, true);
      tab.channel.post({ record: next });
      return leave(tab, before ?? mine, next);
    }
    await seen(tab, standing);
  }
  leave(tab, next, tab.record);
}

/**
 * Ends the session by the user's act: here at once, then for every tab, then at the server.
 *
 * @param {Tab} tab
 */
async function signOut(tab) {
  if (!tab.record) await tab.opened;
  const pair = pairOf(tab);
  if (!pair) return;
  const ended = endedRecord(pair, SIGNED_OUT);
  hold(tab, ended);
  const { before } = await persist(tab, ended);
  tab.channel.post({ record: ended });
  void revoke(tab, before?.kind === 'pair' && before.login === pair.login ? before : pair);
}

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
  const { code, reason, detail } = Object(body);
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
 * @returns {string | null}
 */
function refusalOfApi(body) {
  const { code } = Object(body);
  return ENDS.includes(code) ? code : null;
}

// session/refresh-reply.js
// What the answer to a refresh means for the session.

/**
 * Reads an answer: new `tokens`, the `reason` of an explicit refusal, or neither, which says nothing about the session.
 *
 * @param {Answer} answer
 * @param {Strategy} strategy
 * @param {string} kept the refresh token that stays when the answer brings none
 * @returns {Meaning}
 */
function meaningOf(answer, strategy, kept) {
  const tokens = answer.status === 200 ? strategy.read(Object(answer.body), kept) : null;
  return { tokens, reason: tokens ? null : refusalOfRefresh(answer) };
}

// session/attempt.js
// One attempt to refresh, alone among the tabs.

/**
 * Replaces a pair by a newer one: another tab's when there is one, else the server's.
 *
 * It rejects with SessionExpiredError when the session is over, with RefreshUnavailableError when that is unknown.
 *
 * @param {Tab} tab
 * @param {Pair} seen
 */
async function attempt(tab, seen) {
  const { clock, strategy, diary } = tab;
  await look(tab);
  const pair = living(tab);
  if (!same(pair, seen)) return;
  diary?.attempt(pair, clock.now() - tab.askedAt);
  const answer = await tab.http.post(tab.urls.refresh, strategy.ask(pair));
  const meaning = meaningOf(answer, strategy, pair.refresh);
  diary?.answer(answer, meaning);
  const { tokens, reason } = meaning;
  if (tokens) return commit(tab, pair, tokens, answer);
  // Whoever signs in has the cookie a moment before the record.
  if (reason === OTHER_SESSION) await sleep(clock, tab.shareTime);
  if (reason) return end(tab, pair, reason);
  throw new RefreshUnavailableError('The server gave no tokens.', detailsOf(answer, clock.now()));
}

// session/renewal.js
// Goes on trying to renew a pair until it is renewed or the session is over.

/** A page that asks again and again may not turn the back-off into a storm. */
const NUDGE_INTERVAL = 2_000;

/**
 * Resolves once a newer pair stands; rejects with SessionExpiredError.
 *
 * @param {Tab} tab
 * @param {Pair} seen
 */
async function renew(tab, seen) {
  for (let failures = 1; same(seen, tab.record); failures += 1) {
    if (!tab.wake.online()) await pause(tab, seen, LONGEST);
    tab.askedAt = tab.clock.now();
    try {
      return await tab.lock(() => attempt(tab, seen), () => !isUsable(tab, seen));
    } catch (error) {
      if (error instanceof SessionExpiredError) throw error;
      const { retryAfter } = /** @type {RefreshUnavailableError} */ (error);
      await pause(tab, seen, delayAfter(failures, tab.clock.random()), retryAfter);
    }
  }
}

/**
 * @param {Tab} tab
 * @param {Pair} seen
 * @param {number} ms
 * @param {number | null} [wish] the wait that the server asks for
 */
async function pause(tab, seen, ms, wish) {
  if (!same(seen, tab.record)) return;
  if (!isUsable(tab, seen)) show(tab, 'reconnecting');
  tab.mayNudge = !wish;
  await tab.nap.take(Math.max(ms, wish ?? 0));
  tab.mayNudge = true;
}

/**
 * Cuts a wait short, unless the server asked for it.
 *
 * @param {Tab} tab
 */
function resume(tab) {
  if (tab.mayNudge) tab.nap.wake();
}

/**
 * Cuts a wait short for a request of the page, but not often.
 *
 * @param {Tab} tab
 */
function nudge(tab) {
  if (tab.wake.online() && !isRecent(tab.askedAt, tab.clock.now(), NUDGE_INTERVAL)) resume(tab);
}

// session/refresh.js
// Renews the pair of a tab.

/**
 * Resolves once a newer pair stands; rejects with SessionExpiredError.
 *
 * @param {Tab} tab
 * @param {Pair} pair
 */
const refresh = (tab, pair) => share(tab, 'refresh', () => renew(tab, pair));

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
 * Settles as `shared` does, or rejects once patience has run out, or with the reason of the caller's own signal.
 *
 * @param {Pick<Tab, 'clock' | 'patience'>} tab
 * @param {Promise<void>} shared
 * @param {Abort | null} [signal]
 * @returns {Promise<void>}
 */
const settle = ({ clock, patience }, shared, signal) =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    clock.after(patience, () => reject(new RefreshUnavailableError('The session is not renewed.')));
    // A signal may outlive many requests.
    shared.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });

// session/unauthorized.js
// What to do about a 401.

/**
 * Decides: `retry` with the current token when the 401 was earned by an older one, `refresh` when the current
 * one earned it, or `give up` when a refresh has not helped.
 *
 * @param {Pair} sent
 * @param {SessionRecord | null} current
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
 * Gives one request its ticket.
 *
 * Both methods reject with SessionExpiredError when the session is over, and with SessionError when the request must
 * not be sent again; `token` also with RefreshUnavailableError when there is none now, and with the signal's reason.
 *
 * @param {Tab} tab
 * @param {Pick<Sendable, 'replayable' | 'signal'>} request
 * @returns {Ticket}
 */
function createTicket(tab, { replayable, signal }) {
  // Whose request it is must be known before any wait: somebody else may sign in meanwhile. A mere hope is nobody's yet.
  let login = tab.record?.generation && tab.record.login;
  /** @type {Pair | null} */
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

// session/authorized-fetch.js
// `fetch` with the session's token: renews it when it must, and sends the request again.

/**
 * Tells whether a request there carries the token.
 *
 * @param {Tab} tab
 * @param {string} url
 */
const mayTell = ({ http, urls }, url) => http.isAtHome(url, urls.refresh);

/**
 * Sends a request with the current token; the reply is the server's own, also a 401 that a refresh did not help.
 *
 * Rejects with SessionExpiredError when the session is over, with RefreshUnavailableError when it cannot be
 * renewed now, with SessionError when the request cannot be sent again, and as `fetch` does.
 *
 * @param {Tab} tab
 * @param {any} input
 * @param {any} [init]
 * @returns {Promise<Reply>}
 */
async function authorizedFetch(tab, input, init) {
  const request = tab.http.prepare(input, init);
  if (!mayTell(tab, request.url)) return request.send(null);
  const ticket = createTicket(tab, request);
  for (;;) {
    const reply = await request.send(await ticket.token());
    if (!(await ticket.mustRepeat(reply.status, () => request.bodyOf(reply)))) return reply;
  }
}

// session/check.js
// A look at the record and at the clock.

/**
 * Looks at the record and at the clock, and refreshes a token that is due.
 *
 * @param {Tab} tab
 */
async function check(tab) {
  // Days of ticks may come at once; one look serves them all.
  await share(tab, 'look', () => look(tab));
  const pair = pairOf(tab);
  if (pair && judge(pair, tab.clock.now(), tab.strategy.bufferOf) !== 'fresh') void refresh(tab, pair);
}

// session/sign-in.js
// Begins a session with a name and a password.

/**
 * Signs in; rejects with SessionError, whose `status` is 401 when name or password are wrong.
 *
 * @param {Tab} tab
 * @param {object} credentials as the server wants them: {username, password}
 */
async function signIn(tab, credentials) {
  const { strategy, clock } = tab;
  const answer = await tab.http.post(tab.urls.signIn, { ...strategy.ask({ refresh: '' }), body: credentials });
  const { tokens } = meaningOf(answer, strategy, '');
  if (!tokens) throw new SessionError('The server gave no tokens.', detailsOf(answer, clock.now()));
  await look(tab);
  // Above that of every sign-in before, also when the record is gone or the clock was set back; and no other one's.
  const login = Math.max(clock.now(), (tab.record?.login ?? 0) + 1) + clock.random();
  await commit(tab, { login, generation: 0 }, tokens, answer);
}

// session/transport.js
// Where a server that rotates keeps the refresh token: how it is asked, and where its answers hold the tokens.

/** A refresh brings a new access token and a new refresh token. @type {Strategy} */
const inBody = {
  ask: ({ refresh }) => ({ body: { refresh } }),
  read: ({ access, refresh }) => tokens(access, refresh),
};

/** The same, with the refresh token in a cookie that no script sees: in its place stands the session's id. @type {Strategy} */
const inCookie = {
  ask: ({ refresh }) => ({
    body: {},
    ...(refresh ? { headers: { 'X-Session-Id': refresh } } : {}),
    credentials: 'include',
    // The reply to a page that was closed still reaches the cookies. With tokens in the body nobody would read it.
    keepalive: true,
  }),
  outlivesRecord: true,
  read: ({ access, sid }) => tokens(access, sid),
};

/**
 * @param {unknown} access
 * @param {unknown} refresh
 * @returns {Tokens | null} null unless both are tokens
 */
const tokens = (access, refresh) => (isToken(access) && isToken(refresh) ? { access, refresh } : null);

/**
 * @param {unknown} value
 * @returns {value is string}
 */
const isToken = (value) => typeof value === 'string' && value !== '';

// session/hear.js
// What a tab does about a message of another.

/**
 * Acts on a record that it is told, or tells its own to a tab that asks.
 *
 * @param {Tab} tab
 * @param {Message} message
 */
function hear(tab, { record }) {
  if (record) void seen(tab, record);
  // Also a tombstone: the one that storage lost. A mere hope is nothing to tell.
  else if (tab.record?.generation) tab.channel.post({ record: tab.record });
}

// session/watch.js
// Keeps a tab in step: on messages of other tabs, on waking up, and by a regular look at the clock.

/**
 * Starts to watch, and returns what stops it.
 *
 * @param {Tab} tab
 */
function watch(tab) {
  const onWake = () => check(tab);
  const stops = [
    tab.channel.listen((message) => hear(tab, message)),
    tab.wake.listen(onWake, () => resume(tab)),
    // Timers are late, or fire once after days of sleep: each tick looks at the clock instead of counting.
    tab.clock.every(tab.checkEvery, onWake),
  ];
  return () => stops.forEach((stop) => stop());
}

// session/assemble.js
// The core of a session, put together from its parts.

/** @type {Settings} */
const DEFAULTS = {
  urls: { signIn: '/api/token/', refresh: '/api/token/refresh/', signOut: '/api/token/blacklist/' },
  strategy: inBody,
  patience: 10_000,
  checkEvery: 15_000,
  shareTime: 200,
};

/** What a tab holds that knows nothing and may yet be signed in; any session that is known supersedes it. @type {Pair} */
const HOPE = { kind: 'pair', login: 1, generation: 0, access: '', refresh: '', receivedAt: 0, expiresAt: 0 };

/** @param {Tab} tab */
async function begin(tab) {
  await look(tab);
  if (!tab.record) {
    // No record and no tombstone: it may have been evicted while another tab lives.
    tab.channel.post({ record: null });
    await sleep(tab.clock, tab.shareTime);
    await look(tab);
  }
  if (!tab.record) hold(tab, tab.strategy.outlivesRecord ? HOPE : null);
  void check(tab);
}

/**
 * Opens the session that the record holds; returns the means to use, begin, end and watch it, and what the tab has of it.
 *
 * @param {Ports & Partial<Settings>} parts
 */
function assemble(parts) {
  const tab = createTab({ ...DEFAULTS, ...parts });
  const close = watch(tab);
  tab.opened = begin(tab);
  const session = {
    /** As the global `fetch`, with the session's token. @type {(input: any, init?: any) => Promise<Reply>} */
    fetch: (input, init) => authorizedFetch(tab, input, init),
    mayTell: (/** @type {string} */ url) => mayTell(tab, url),
    /** What `fetch` is made of, for an adapter to another way of sending. @type {CreateTicket} */
    createTicket: (request) => createTicket(tab, request),
    signIn: (/** @type {object} */ credentials) => signIn(tab, credentials),
    signOut: () => signOut(tab),
    subscribe: (/** @type {(state: State) => void} */ watcher) => subscribe(tab, watcher),
    get state() {
      return tab.state;
    },
    /** Stops timers and listeners; the record stays. */
    close,
  };
  return { tab, session };
}

// session/client-time.js
// Tells the server what time it is here, for its statistics.

/**
 * @param {Http} http
 * @param {Clock} clock
 * @returns {Http}
 */
const withClientTime = (http, clock) => ({
  ...http,
  post(url, { headers, ...question }) {
    // Another origin would have to allow the header first.
    const told = http.isAtHome(url, '') && { 'X-Client-Time': String(clock.now() / 1000) };
    return http.post(url, { ...question, headers: { ...headers, ...told } });
  },
});

// session/diary.js
// What a session tells of itself: words, numbers and times, never a token or a part of one.

/**
 * Makes what hears from the core, and tells it on.
 *
 * @param {(event: Event) => void} log
 * @param {(reason: string) => void} report tells the server of a forced logout
 * @returns {Diary}
 */
const createDiary = (log, report) => ({
  attempt({ generation, expiresAt, refresh }, waited) {
    log({ type: 'attempt', generation, expiresAt, waited, hasRefresh: refresh !== '' });
  },
  answer({ status, sentAt, receivedAt }, { tokens, reason }) {
    const type = tokens ? 'tokens' : reason ? 'refused' : 'transient';
    log({ type, status, took: receivedAt - sentAt, ...(reason && { reason }) });
  },
  record(record, isNew) {
    if (!record) return;
    const { login, generation } = record;
    if (record.kind === 'ended') {
      log({ type: 'ended', login, generation, reason: record.reason });
      // The tab that heard it from the server; what the user ended is told by nobody.
      return isNew && report(record.reason);
    }
    const { expiresAt, serverOffset = null } = record;
    log({ type: isNew ? 'renewed' : 'adopted', login, generation, expiresAt, serverOffset });
  },
  unwritten() {
    log({ type: 'unwritten' });
  },
});

// session/inspected.js
// What a page may show of a session's tokens.

/**
 * Returns times and numbers, never a token; null when there is no session, or it is not known yet.
 *
 * @param {SessionRecord | null} record
 * @returns {Inspected | null}
 */
function inspected(record) {
  if (record?.kind !== 'pair' || !record.generation) return null;
  const { login, generation, receivedAt, expiresAt, serverOffset = null } = record;
  return { login, generation, receivedAt, expiresAt, serverOffset };
}

// session/strategy.js
// The ways in which a server keeps a session alive, by the names that its settings have.

/** @type {Record<StrategyName, Strategy>} */
const STRATEGIES = {
  rotating: inBody,
  cookie: {
    ...inCookie,
    ask({ refresh }) {
      // A JWT is from before the site changed to cookies, and goes where it went then.
      if (refresh.includes('.')) return { ...inCookie.ask({ refresh: '' }), ...inBody.ask({ refresh }) };
      return inCookie.ask({ refresh });
    },
  },
  /** A refresh brings a new access token; the refresh token stays. */
  no_rotation: {
    ask: inBody.ask,
    read: ({ access, refresh }, kept) => tokens(access, refresh || kept),
  },
  /** One token is both, and is lost with its session once it has expired. */
  sliding: {
    ask: ({ refresh }) => ({ body: { token: refresh } }),
    read: ({ token }) => tokens(token, token),
    bufferOf: (life) => life / 2,
  },
};

/**
 * Returns the strategy of that name; throws TypeError when there is none.
 *
 * @param {StrategyName} name
 */
function strategyNamed(name) {
  if (Object.hasOwn(STRATEGIES, name)) return STRATEGIES[name];
  throw new TypeError(`No strategy "${name}", but ${Object.keys(STRATEGIES).join(', ')}.`);
}

// session/extras.js
// What a session has beside its core: it tells what happens, and knows servers that do not rotate.

/**
 * Opens a session as the core does, with all that may be added to it.
 *
 * @param {AllParts} parts
 */
function assembleAll({ strategy = 'rotating', report = '', log, ...parts }) {
  const { clock } = parts;
  const http = withClientTime(parts.http, clock);
  const diary = createDiary(
    (event) => surface(clock, () => log(event)),
    (reason) => report && void http.post(report, { body: { reason }, keepalive: true }),
  );
  const { tab, session } = assemble({ ...parts, http, strategy: strategyNamed(strategy), diary });
  return Object.assign(session, {
    /** What a page may show of the session's tokens, in ms; null when there is none. */
    inspect: () => inspected(tab.record),
  });
}

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
      if (next !== null) localStorage.setItem(place, JSON.stringify(next));
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

// session/ports/record-store.js
// Port: one value in IndexedDB, compared and set in one transaction.

const TABLE = 'values';
/** A database that never answers must not hold up the page for ever. */
const PATIENCE = 3_000;

/**
 * Gives access to one value; both methods reject when storage is full, blocked or silent.
 *
 * A connection lives for one transaction, so that clearing the site's data leaves none that is dead.
 *
 * @param {string} name of the database
 * @param {string} key
 * @param {Clock} clock
 * @param {IDBTransactionDurability} [durability] what must survive a crash of the device is `strict`
 * @returns {Store}
 */
function createStore(name, key, clock, durability = 'strict') {
  /**
   * Resolves to the value that was there, undefined when there was none, once the transaction is complete.
   *
   * @param {IDBTransactionMode} mode
   * @param {(current: unknown) => unknown} decide
   */
  async function transact(mode, decide) {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
    const database = await outcome(opening);
    try {
      const transaction = database.transaction(TABLE, mode, { durability });
      const table = transaction.objectStore(TABLE);
      const before = await outcome(table.get(key));
      const next = decide(before);
      if (next !== null) table.put(next, key);
      await outcome(transaction, 'complete', 'abort');
      return before;
    } finally {
      database.close();
    }
  }
  /** @type {typeof transact} */
  const within = (mode, decide) =>
    new Promise((resolve, reject) => {
      clock.after(PATIENCE, () => reject(new Error('The database is slow.')));
      transact(mode, decide).then(resolve, reject);
    });

  return { read: () => within('readonly', () => null), update: (decide) => within('readwrite', decide) };
}

/**
 * Settles as a request or a transaction does.
 *
 * @param {any} work
 * @param {string} [done] the event that tells of its success
 * @param {string} [failed]
 * @returns {Promise<any>}
 */
function outcome(work, done = 'success', failed = 'error') {
  return new Promise((resolve, reject) => {
    work.addEventListener(done, () => resolve(work.result));
    work.addEventListener(failed, () => reject(work.error));
  });
}

// session/ports/any-store.js
// Port: one value in IndexedDB; where there is none at all, localStorage has to do.

/** @type {typeof createStore} */
function createAnyStore(name, key, ...rest) {
  try {
    if (indexedDB) return createStore(name, key, ...rest);
  } catch {
    // There is none, or its mere name throws.
  }
  return createLocalStore(`${name}.${key}`);
}

// session/ports/channel.js
// Port: messages between the tabs of one origin.

/**
 * Opens the channel; without BroadcastChannel nobody hears, and tabs learn from the record when they look.
 *
 * @param {string} name
 * @returns {Ports['channel']}
 */
function createChannel(name) {
  let channel = globalThis.BroadcastChannel ? new BroadcastChannel(name) : null;
  return {
    post: (message) => channel?.postMessage(message),
    listen(hear) {
      /** @param {MessageEvent<Message>} event */
      const onMessage = ({ data }) => hear(data);
      channel?.addEventListener('message', onMessage);
      return () => {
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
    return Number.isFinite(exp - iat) ? { iat, exp } : null;
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

// session/ports/abort.js
// Port: a signal that gives up.

/**
 * @param {Clock} clock
 * @param {number} ms
 */
function abortAfter(clock, ms) {
  const controller = new AbortController();
  clock.after(ms, () => controller.abort());
  return controller.signal;
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

const base = () => (globalThis.document?.baseURI ?? location.href);

// session/ports/http.js
// Port: requests to the server.

/**
 * @param {Clock} clock
 * @param {number} timeout of one exchange with a token endpoint, in milliseconds
 * @returns {Http}
 */
const createHttp = (clock, timeout) => ({
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

// session/ports/lock.js
// Port: one tab at a time.

/**
 * Makes the function that runs `work` while no other tab runs its own.
 *
 * When one holder keeps the lock for longer than about `patience` ms, it is taken over if `mayTakeOver` says so,
 * else the call rejects with RefreshUnavailableError.
 *
 * @param {string} name
 * @param {Clock} clock
 * @param {number} patience
 * @returns {Ports['lock']}
 */
function createLock(name, clock, patience) {
  return async function alone(work, mayTakeOver) {
    for (;;) {
      const holder = await holderOf(name);
      // Tabs that wait together must not lose patience together, or each would take over from the other.
      const signal = abortAfter(clock, patience * (1 + clock.random() / 4));
      const turn = await granted(name, { signal }, work).catch(() => null);
      if (turn) return turn.work;
      if ((await holderOf(name)) !== holder) continue;
      if (mayTakeOver()) return granted(name, { steal: true }, work).then((turn) => turn.work, work);
      throw new RefreshUnavailableError('Another tab refreshes.');
    }
  };
}

/**
 * Returns which page holds the lock.
 *
 * @param {string} name
 */
async function holderOf(name) {
  const { held } = await navigator.locks.query().catch(() => ({ held: [] }));
  return held?.find((lock) => lock.name === name)?.clientId;
}

/**
 * Resolves once the lock is granted, to the work under way, which settles by itself also when the lock is stolen meanwhile.
 *
 * @template T
 * @param {string} name
 * @param {LockOptions} options
 * @param {() => Promise<T>} work
 * @returns {Promise<{work: Promise<T>}>}
 */
function granted(name, options, work) {
  return new Promise((resolve, reject) => {
    const start = () => {
      const running = work();
      resolve({ work: running });
      // The lock is held until the work is done, however it ends.
      return running.catch(() => {});
    };
    navigator.locks.request(name, options, start).catch(reject);
  });
}

// session/ports/wake.js
// Port: when a page comes back to life, and whether the device is online.

/** @returns {Ports['wake']} */
function createWake() {
  return {
    online: () => navigator.onLine,
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

// session/ports/browser.js
// Every port, as a browser offers it.

/** Shorter than the server's grace and longer than one attempt, so that a lost holder costs no session. */
const LOCK_LEASE = 10_000;
const ATTEMPT_TIMEOUT = 8_000;

/**
 * @param {string} name of the session
 * @param {Clock} [clock]
 * @returns {Ports}
 */
const browserPorts = (name, clock = createClock()) => ({
  clock,
  store: createStore(name, 'record', clock),
  http: createHttp(clock, ATTEMPT_TIMEOUT),
  channel: createChannel(name),
  wake: createWake(),
  lock: createLock(name, clock, LOCK_LEASE),
  claims,
});

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
  const me = clock.random();

  /** @param {unknown} current */
  function isTaken(current) {
    const { holder, until = 0 } = Object(current);
    const left = until - clock.now();
    // Far longer than any lease: the clock was set back since. Tabs' clocks may differ a little.
    return holder !== me && left > 0 && left < 2 * length;
  }

  async function acquire() {
    const deadline = clock.now() + 2 * length;
    while (clock.now() < deadline) {
      const before = await store
        .update((current) => (isTaken(current) ? null : { holder: me, until: clock.now() + length }))
        // Storage that refuses cannot order the tabs; then the server's grace is the net.
        .catch(() => null);
      if (!isTaken(before)) return;
      await sleep(clock, POLL * (1 + clock.random()));
    }
    throw new RefreshUnavailableError('Another tab refreshes.');
  }

  return async function alone(work) {
    await acquire();
    try {
      return await work();
    } finally {
      await store.update((current) => (Object(current).holder === me ? {} : null)).catch(() => {});
    }
  };
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
 * @returns {(event: Event) => void}
 */
const createLog = (isOn) => (isOn ? ({ type, ...details }) => console.debug(`[session] ${type}`, details) : () => {});

/** What is the case in a tab, or a worker, when something happens. */
const surroundings = () => ({ online: navigator.onLine, visible: globalThis.document?.visibilityState === 'visible' });

// session/words.js
// The state of a session in words for people.

/** @type {Record<string, string>} */
const BECAUSE = {
  expired: 'you had not been here for too long',
  absolute_expired: 'this session reached its greatest age',
  logged_out: 'this session was ended elsewhere',
  password_changed: 'the password was changed',
  no_active_account: 'this account is not active',
  user_inactive: 'this account is not active',
  user_not_found: 'this account no longer exists',
  refused: 'the server no longer accepts this account',
  reuse_detected: 'an old copy of this session was used, perhaps by somebody else',
  revoked_reuse: 'an old copy of this session was used, perhaps by somebody else',
  family_unknown: 'the server no longer knows this session',
  missing: 'this browser no longer knows this session',
  other_session: 'somebody else has signed in here',
  token_not_valid: 'this session has expired, or was ended elsewhere',
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
  // A database of its own, so that nothing waits for it.
  const box = createBlackBox(createAnyStore(`${name}-events`, 'events', clock, 'relaxed'), clock, surroundings);
  const tell = options.log ?? createLog(debug);
  const session = assembleAll({
    ...browserPorts(name, clock),
    store: createAnyStore(name, 'record', clock),
    ...(navigator.locks ? {} : { lock: createLease(createAnyStore(name, 'lease', clock), clock, LOCK_LEASE) }),
    ...options,
    log: (event) => tell(box.note(event)),
  });
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
