/** One attempt to refresh, alone among the tabs. */
import { detailsOf } from './answer-details.js';
import { RefreshUnavailableError } from './errors.js';
import { end } from './end.js';
import { commit, look } from './keeper.js';
import { sleep } from './nap.js';
import { OTHER_SESSION, same } from './record.js';
import { meaningOf } from './refresh-reply.js';
import { living } from './tab.js';

/**
 * Replaces a pair by a newer one: another tab's when there is one, else the server's.
 *
 * It rejects with SessionExpiredError when the session is over, with RefreshUnavailableError when that is unknown.
 *
 * @param {import('./tab.js').Tab} tab
 * @param {import('./types.js').Pair} seen
 */
export async function attempt(tab, seen) {
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
