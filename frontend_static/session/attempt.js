/** One attempt to refresh, alone among the tabs. */
import { aboutAnswer, aboutAttempt } from './diary.js';
import { RefreshUnavailableError, SessionExpiredError } from './errors.js';
import { createNap } from './nap.js';
import { OTHER_SESSION, same } from './record.js';
import { meaningOf } from './refresh-reply.js';
import { retryAfter } from './retry-after.js';
import { rotate } from './rotation.js';

/** @typedef {import('./types.js').Pair} Pair */

/**
 * Makes the function that replaces a pair by a newer one: another tab's when there is one, else the server's.
 *
 * It rejects with SessionExpiredError when the session is over, with RefreshUnavailableError when that is unknown.
 *
 * @param {import('./types.js').Ports} ports
 * @param {import('./types.js').Settings} settings
 * @param {import('./types.js').Strategy} strategy
 * @param {import('./held.js').Held} held
 * @param {import('./keeper.js').Keeper} keeper
 * @returns {(seen: Pair, mayTakeOver: () => boolean) => Promise<void>}
 */
export function createAttempt({ lock, http, clock, claims, log }, { urls, shareTime }, strategy, held, keeper) {
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

  /** @param {import('./types.js').Answer} answer */
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
