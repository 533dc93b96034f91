/** Begins a session with a name and a password. */
import { SessionError } from './errors.js';
import { readable } from './record.js';
import { meaningOf } from './refresh-reply.js';
import { rotate } from './rotation.js';

/** Who signs in has no token yet. */
const NOBODY = { refresh: '' };

/**
 * Makes the function that signs in; it rejects with SessionError, whose `status` is 401 when name or password are wrong.
 *
 * @param {import('./types.js').Ports} ports
 * @param {import('./types.js').Settings} settings
 * @param {import('./types.js').Strategy} strategy
 * @param {import('./held.js').Held} held
 * @param {import('./keeper.js').Keeper} keeper
 */
export function createSignIn({ http, store, clock, claims }, { urls }, strategy, held, keeper) {
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
