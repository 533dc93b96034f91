/** Keeps the session of one tab in step with the record, and ends it by the user's act. */
import { persist } from './persist.js';
import { reconcile } from './reconcile.js';
import { endedRecord, readable, same, SIGNED_OUT } from './record.js';
import { revoke } from './revoke.js';
import { rotate } from './rotation.js';
import { supersedes } from './supersedes.js';
import { hold, pairOf, take } from './tab.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */
/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {import('./tab.js').Tab} Tab */

/**
 * Acts on a record that the tab has come across.
 *
 * @param {Tab} tab
 * @param {SessionRecord | null} record
 */
export async function seen(tab, record) {
  const todo = reconcile(tab.record, record);
  if (todo.take) hold(tab, todo.take);
  if (todo.write) take(tab, (await persist(tab, todo.write)).standing);
}

/**
 * Reads the record anew and acts on it; storage that cannot be read leaves the tab as it is.
 *
 * @param {Tab} tab
 */
export const look = (tab) => tab.store.read().then((stored) => seen(tab, readable(stored)), () => {});

/**
 * Signs a pair out at the server when another sign-in, or the user's sign-out, has taken its place.
 *
 * @param {Tab} tab
 * @param {SessionRecord | null} former
 * @param {SessionRecord | null} now
 */
function leave(tab, former, now) {
  if (former?.kind !== 'pair' || !former.generation || !now) return;
  // With cookies two of this tab's requests may have brought tokens of one session.
  const isOver = now.kind === 'ended' ? now.reason === SIGNED_OUT : now.login !== former.login && now.refresh !== former.refresh;
  if (isOver) void revoke(tab, former);
}

/**
 * Keeps new tokens: the record first, then memory, then the other tabs; drops them when the session is over.
 *
 * @param {Tab} tab
 * @param {Pick<Pair, 'login' | 'generation'>} former
 * @param {import('./types.js').Tokens} tokens
 * @param {import('./types.js').Answer} answer that brought them
 */
export async function commit(tab, former, tokens, answer) {
  const next = rotate(former, tokens, answer, tab.claims(tokens.access));
  if (supersedes(next, tab.record)) {
    const { before, standing } = await persist(tab, next);
    const mine = tab.record;
    if (same(standing, next) && supersedes(next, mine)) {
      hold(tab, next, true);
      tab.channel.post({ record: next });
      return leave(tab, before ?? mine, next);
    }
    await seen(tab, standing);
  }
  leave(tab, next, tab.record);
}

/**
 * Ends the session by the user's act: here at once, then for every tab, then at the server.
 *
 * @param {Tab} tab
 */
export async function signOut(tab) {
  if (!tab.record) await tab.opened;
  const pair = pairOf(tab);
  if (!pair) return;
  const ended = endedRecord(pair, SIGNED_OUT);
  hold(tab, ended);
  const { before } = await persist(tab, ended);
  tab.channel.post({ record: ended });
  void revoke(tab, before?.kind === 'pair' && before.login === pair.login ? before : pair);
}
