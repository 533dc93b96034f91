/** What the inspector knows of the session of this tab, a line each. */
import { age, length, offset, rest, timeOfDay } from './ages.js';
import { say } from './element.js';

/** @typedef {import('./look.js').Insight} Insight */

const NONE = '–';

/**
 * Returns what shows the facts; no live region, or a screen reader would read out every second.
 *
 * @param {Pick<import('../session/types.js').Clock, 'now'>} clock the session's own, by which it judges
 * @param {() => Promise<string>} lockHolder
 */
export function createFacts(clock, lockHolder) {
  /**
   * @param {import('../session/index.js').State} state
   * @param {Insight | null} insight
   */
  return async function showFacts(state, insight) {
    const facts = { ...ofState(state), ...ofTokens(insight, clock.now()), lock: await lockHolder() };
    for (const [name, text] of Object.entries(facts)) say(`fact-${name}`, text);
  };
}

/** @param {import('../session/index.js').State} state */
const ofState = ({ status, reason }) => ({ state: reason ? `${status} (${reason})` : status });

/**
 * @param {Insight | null} insight
 * @param {number} now
 */
export function ofTokens(insight, now) {
  if (!insight) return { login: NONE, generation: NONE, age: NONE, rest: NONE, offset: NONE };
  const { login, generation, receivedAt, expiresAt, serverOffset } = insight;
  return {
    login: now >= login ? `${timeOfDay(login)}, ${length(now - login)} ago` : timeOfDay(login),
    generation: String(generation),
    age: age(receivedAt, now),
    rest: rest(expiresAt, now),
    offset: offset(serverOffset),
  };
}
