/** Begins a session with a name and a password. */
import { detailsOf } from './answer-details.js';
import { SessionError } from './errors.js';
import { commit, look } from './keeper.js';
import { meaningOf } from './refresh-reply.js';

/**
 * Signs in; rejects with SessionError, whose `status` is 401 when name or password are wrong.
 *
 * @param {import('./tab.js').Tab} tab
 * @param {object} credentials as the server wants them: {username, password}
 */
export async function signIn(tab, credentials) {
  const { strategy, clock } = tab;
  const answer = await tab.http.post(tab.urls.signIn, { ...strategy.ask({ refresh: '' }), body: credentials });
  const { tokens } = meaningOf(answer, strategy, '');
  if (!tokens) throw new SessionError('The server gave no tokens.', detailsOf(answer, clock.now()));
  await look(tab);
  // Above that of every sign-in before, also when the record is gone or the clock was set back; and no other one's.
  const login = Math.max(clock.now(), (tab.record?.login ?? 0) + 1) + clock.random();
  await commit(tab, { login, generation: 0 }, tokens, answer);
}
