/** What the session tells of itself: the one place that knows how it is asked. */

/** @typedef {import('../session/index.js').Session} Session */
/** @typedef {NonNullable<ReturnType<Session['inspect']>>} Insight times are in ms of the session's clock */
/** @typedef {import('../session/types.js').Told} SessionEvent */

/**
 * @param {Pick<Session, 'inspect' | 'events'>} session
 * @returns {Promise<{insight: Insight | null, events: SessionEvent[]}>} `insight` is null when nobody is signed in
 */
export async function look(session) {
  const events = await session.events();
  return { insight: session.inspect(), events: events.map(harmless) };
}

/**
 * Leaves out what could be a token or a part of one, should one ever stray into an event.
 *
 * @param {SessionEvent} event
 * @returns {SessionEvent}
 */
function harmless(event) {
  const kept = Object.entries(event).map(([key, value]) => [key, isHarmless(value) ? value : '(left out)']);
  return Object.fromEntries(kept);
}

/** Words may be long, and codes short: a token is neither. */
const WORDS = /^\/?[A-Z]?[a-z]{1,15}([ _/.,:-]+[a-z]{1,15})*[./]?$/;

/** @param {unknown} value */
function isHarmless(value) {
  if (typeof value === 'string') return value.length < 16 || WORDS.test(value);
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
