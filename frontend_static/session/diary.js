/** What a session says of itself while it is debugged: times, numbers and words, never a token or a part of one. */

/** @typedef {import('./types.js').Pair} Pair */

/**
 * @param {Pair} pair
 * @param {number} now
 */
export const aboutAttempt = (pair, now) =>
  `refresh attempt at ${time(now)}; ${about(pair)}; refresh token available: ${Boolean(pair.refresh)}`;

/**
 * @param {import('./types.js').Meaning} meaning
 * @param {Pick<import('./types.js').Answer, 'status'>} answer
 */
export function aboutMeaning(meaning, { status }) {
  const heard = status ? `the server answered ${status}` : 'no answer came';
  switch (meaning.kind) {
    case 'tokens':
      return `refresh succeeded: ${heard}`;
    case 'refused':
      return `refresh refused (${meaning.reason}): ${heard}`;
    case 'transient':
      return `refresh failed for now, the session goes on: ${heard}`;
  }
}

/**
 * @param {import('./types.js').SessionRecord} record
 * @param {boolean} isNew brought by the server just now, to this tab
 */
export function aboutRecord(record, isNew) {
  if (record.kind === 'ended') return `session ended: ${record.reason}`;
  return `${isNew ? 'new tokens' : 'tokens adopted from storage or another tab'}; ${about(record)}`;
}

export const aboutStorage = () => 'the record could not be written; it is kept in memory and written later';

/** @param {Pair} pair */
const about = ({ generation, expiresAt }) => `generation ${generation}, access token expires ${time(expiresAt)}`;

/** @param {number} ms */
const time = (ms) => (Number.isFinite(ms) ? new Date(ms).toISOString() : 'when the server says so');
