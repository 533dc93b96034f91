/** What a page may show of a session's tokens. */

/**
 * Returns times and numbers, never a token; null when there is no session, or it is not known yet.
 *
 * @param {import('./types.js').SessionRecord | null} record
 * @returns {import('./types.js').Inspected | null}
 */
export function inspected(record) {
  if (record?.kind !== 'pair' || !record.generation) return null;
  const { login, generation, receivedAt, expiresAt, serverOffset = null } = record;
  return { login, generation, receivedAt, expiresAt, serverOffset };
}
