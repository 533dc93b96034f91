/** Takes, keeps and ends the session of one tab, always in step with the record. */
import { SessionExpiredError } from './errors.js';
import { reconcile } from './reconcile.js';
import { endedRecord, readable, same, SIGNED_OUT } from './record.js';
import { supersedes } from './supersedes.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */
/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {ReturnType<typeof createKeeper>} Keeper */

/**
 * @param {Pick<import('./types.js').Ports, 'store' | 'channel'>} ports
 * @param {import('./held.js').Held} held
 * @param {import('./persist.js').Persist} persist
 * @param {import('./revoke.js').Revoke['revoke']} revoke tells the server that a pair is no longer wanted
 * @param {(reason: string) => void} report tells the server that somebody was signed out against their will
 */
export function createKeeper({ store, channel }, held, persist, revoke, report) {
  /** @param {SessionRecord} record */
  function take(record) {
    if (supersedes(record, held.record())) held.hold(record);
  }

  /** @param {SessionRecord | null} record */
  async function seen(record) {
    const todo = reconcile(held.record(), record);
    if (todo.take) held.hold(todo.take);
    if (todo.write) take((await persist(todo.write)).standing);
  }

  /**
   * Signs a pair out at the server when another sign-in, or the user's sign-out, has taken its place.
   *
   * @param {SessionRecord | null} former
   * @param {SessionRecord | null} now
   */
  function leave(former, now) {
    if (former?.kind !== 'pair' || !former.generation || !now) return;
    // With cookies two of this tab's requests may have brought tokens of one session.
    const isOver = now.kind === 'ended' ? now.reason === SIGNED_OUT : now.login !== former.login && now.refresh !== former.refresh;
    if (isOver) void revoke(former);
  }

  return {
    take,
    seen,
    /** Reads the record anew and acts on it; rejects when storage cannot be read. */
    look: async () => seen(readable(await store.read())),

    /**
     * Keeps new tokens: the record first, then memory, then the other tabs; drops them when the session is over.
     *
     * @param {Pair} next
     */
    async commit(next) {
      const written = supersedes(next, held.record()) && (await persist(next));
      const mine = held.record();
      if (written && same(written.standing, next) && supersedes(next, mine)) {
        held.hold(next, true);
        channel.post({ type: 'look' });
        leave(written.before ?? mine, next);
        return;
      }
      if (written) await seen(written.standing);
      leave(next, held.record());
    },

    /**
     * Ends the session for a reason of the server, in every tab, unless a newer generation stands. One that the tab
     * had only hoped for is forgotten.
     *
     * @param {Pair} pair the one that was refused
     * @param {string} reason
     */
    async end(pair, reason) {
      if (!pair.generation) return held.drop();
      const { before, standing } = await persist(endedRecord(pair, reason));
      // One tab tells, and the black box of each knows why; what the user ended meanwhile is told by nobody.
      const isNews = before?.kind !== 'ended' && held.record()?.kind !== 'ended';
      take(standing);
      if (standing.kind === 'pair') return;
      if (isNews) report(standing.reason);
      channel.post({ type: 'record', record: standing });
      throw new SessionExpiredError(standing.reason);
    },

    /** Ends the session by the user's act: here at once, then for every tab, then at the server. */
    async signOut() {
      const pair = held.pair();
      if (!pair) return;
      const ended = endedRecord(pair, SIGNED_OUT);
      held.hold(ended);
      const { before } = await persist(ended);
      channel.post({ type: 'record', record: ended });
      void revoke(before?.kind === 'pair' && before.login === pair.login ? before : pair);
    },
  };
}
