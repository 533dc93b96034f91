/** What a session tells of itself: words, numbers and times, never a token or a part of one. */

/** @typedef {import('./types.js').Event} Event */

/**
 * @param {import('./types.js').Pair} pair
 * @param {number} waited for the lock, in ms
 * @returns {Event}
 */
export const aboutAttempt = ({ generation, expiresAt, refresh }, waited) =>
  ({ type: 'attempt', generation, expiresAt, waited, hasRefresh: refresh !== '' });

/**
 * @param {import('./types.js').Meaning} meaning
 * @param {Pick<import('./types.js').Answer, 'status' | 'sentAt' | 'receivedAt'>} answer `status` is 0 when none came
 * @returns {Event}
 */
export const aboutAnswer = (meaning, { status, sentAt, receivedAt }) =>
  ({ type: meaning.kind, status, took: receivedAt - sentAt, ...(meaning.kind === 'refused' && { reason: meaning.reason }) });

/**
 * @param {import('./types.js').SessionRecord} record
 * @param {boolean} isNew brought by the server just now, to this tab; else from storage or another tab
 * @returns {Event}
 */
export function aboutRecord(record, isNew) {
  const { login, generation } = record;
  if (record.kind === 'ended') return { type: 'ended', login, generation, reason: record.reason };
  const { expiresAt, serverOffset = null } = record;
  return { type: isNew ? 'renewed' : 'adopted', login, generation, expiresAt, serverOffset };
}

/** @returns {Event} */
export const aboutStorage = () => ({ type: 'unwritten' });
