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
 * @property {import('./nap.js').Nap} nap the wait before a question to the server is asked again; the next record ends it
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

export {};
