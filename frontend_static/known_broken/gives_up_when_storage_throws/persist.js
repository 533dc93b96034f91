/** Bug: a record that cannot be written ends the session, though the tokens are in hand. */
import { endedRecord, readable } from './record.js';
import { supersedes } from './supersedes.js';

/**
 * @param {Pick<import('../../session/types.js').Ports, 'store' | 'channel'>} ports
 * @returns {import('../../session/persist.js').Persist}
 */
export function createPersist({ store, channel }) {
  return async function persist(next) {
    try {
      const before = readable(
        await store.update((current) => (supersedes(next, readable(current)) ? next : null)),
      );
      return { before, standing: before && !supersedes(next, before) ? before : next };
    } catch {
      const record = next.kind === 'pair' ? endedRecord(next, 'storage_failed') : next;
      channel.post({ type: 'record', record });
      return { before: null, standing: record };
    }
  };
}
