/** What must not compile against the package's declarations: each line with TypeScript's number for what is wrong. */
import axios from 'axios';
import { createSession, SessionError, SessionExpiredError, words, type SessionOptions, type State } from 'nologout-session';
import { attachSession } from 'nologout-session/axios';

const session = createSession();

// @ts-expect-error 2561: an option that is misspelt
createSession({ stategy: 'cookie' });
// @ts-expect-error 2353: an option that does not exist
createSession({ retries: 3 });
// @ts-expect-error 2820: a strategy that is misspelt
createSession({ strategy: 'slidign' });
// @ts-expect-error 2322: a strategy that does not exist
createSession({ strategy: 'toString' });
const name: string = 'cookie';
// @ts-expect-error 2322: a strategy that is any text
createSession({ strategy: name });
// @ts-expect-error 2739: some addresses, but not all
createSession({ urls: { signIn: '/login/' } });
// @ts-expect-error 2322: a text where milliseconds are wanted
createSession({ patience: '10s' });
// @ts-expect-error 2739: a clock without timers
createSession({ clock: { now: () => 0, random: () => 0 } });
// @ts-expect-error 2322: a store that answers at once
createSession({ store: { read: () => null, update: async () => null } });
// @ts-expect-error 2322: a lock that does not hand on what its work resolves to
createSession({ lock: async (work) => void (await work()) });
// @ts-expect-error 2339: a token is not in the state
session.state.access;
// @ts-expect-error 2339: nor in what can be inspected
session.inspect()?.refresh;
// @ts-expect-error 2540: the state is the session's to set
session.state = { status: 'signed-in', reason: null, login: 1 };
// @ts-expect-error 2540: and so is each part of it
session.state.status = 'signed-in';
// @ts-expect-error 2540: no method can be replaced
session.fetch = fetch;
// @ts-expect-error 2367: a status that does not exist
if (session.state.status === 'signed_in') session.close();
// @ts-expect-error 2801: a sign-in that is not awaited tells nothing
if (session.signIn({ username: 'ada', password: 'secret' })) session.close();
// @ts-expect-error 2339: a reply that is not awaited
session.fetch('/api/items/').json();
// @ts-expect-error 2345: credentials are an object
session.signIn('ada');
// @ts-expect-error 2554: and one object
session.signIn({ username: 'ada' }, { password: 'secret' });
// @ts-expect-error 2345: a watcher is told the whole state
session.subscribe((status: string) => console.info(status));
// @ts-expect-error 2345: a sentence is about a state, not about a reason
words('expired');
// @ts-expect-error 2339: a reason is told by the error that ends the session
new SessionError('No.').reason;
// @ts-expect-error 2554: an end has a reason, or null
new SessionExpiredError();
// @ts-expect-error 2345: first axios, then the session
attachSession(session, axios);
// @ts-expect-error 2345: a function that fetches is no session
attachSession(axios, session.fetch);
// @ts-expect-error 2741: a state is whole
export const state: State = { status: 'opening', reason: null };
// @ts-expect-error 2322: options are none of the session's state
export const options: SessionOptions = { name: session.state.login };
