/** What a session tells of itself: words, numbers and times, never a token or a part of one. */

/**
 * Makes what hears from the core, and tells it on.
 *
 * @param {(event: import('./types.js').Event) => void} log
 * @param {(reason: string) => void} report tells the server of a forced logout
 * @returns {import('./types.js').Diary}
 */
export const createDiary = (log, report) => ({
  attempt({ generation, expiresAt, refresh }, waited) {
    log({ type: 'attempt', generation, expiresAt, waited, hasRefresh: refresh !== '' });
  },
  answer({ status, sentAt, receivedAt }, { tokens, reason }) {
    const type = tokens ? 'tokens' : reason ? 'refused' : 'transient';
    log({ type, status, took: receivedAt - sentAt, ...(reason && { reason }) });
  },
  record(record, isNew) {
    if (!record) return;
    const { login, generation } = record;
    if (record.kind === 'ended') {
      log({ type: 'ended', login, generation, reason: record.reason });
      // The tab that heard it from the server; what the user ended is told by nobody.
      return isNew && report(record.reason);
    }
    const { expiresAt, serverOffset = null } = record;
    log({ type: isNew ? 'renewed' : 'adopted', login, generation, expiresAt, serverOffset });
  },
  unwritten() {
    log({ type: 'unwritten' });
  },
});
