/** What one tab has of a session: its ports and settings, what it holds in memory, and the state that follows from that. */
import { SessionExpiredError } from './errors.js';
import { judge } from './judge.js';
import { createNap } from './nap.js';
import { supersedes } from './supersedes.js';
import { surface } from './surface.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */
/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Parts & import('./types.js').Memory} Tab */

/**
 * @param {import('./types.js').Parts} parts
 * @returns {Tab}
 */
export const createTab = (parts) => ({
  ...parts,
  record: null,
  state: { status: 'opening', reason: null, login: null },
  watchers: new Set(),
  owed: null,
  refused: null,
  askedAt: 0,
  mayNudge: true,
  flights: {},
  nap: createNap(parts.clock),
});

/**
 * The living pair, or null.
 *
 * @param {Pick<Tab, 'record'>} tab
 */
export const pairOf = ({ record }) => (record?.kind === 'pair' ? record : null);

/**
 * The living pair; throws SessionExpiredError when there is none.
 *
 * @param {Tab} tab
 */
export function living(tab) {
  const pair = pairOf(tab);
  if (pair) return pair;
  throw new SessionExpiredError(tab.state.reason);
}

/**
 * Takes a record as the tab's own; null when nobody is signed in.
 *
 * @param {Tab} tab
 * @param {SessionRecord | null} record
 * @param {boolean} [isNew] brought by the server's word just now, to this tab: tokens count as usable whatever the clock says
 */
export function hold(tab, record, isNew) {
  tab.record = record;
  show(tab, statusAfter(tab, record, isNew));
  tab.diary?.record(record, isNew);
  tab.nap.wake();
}

/**
 * Takes a record that is newer than the tab's own.
 *
 * @param {Tab} tab
 * @param {SessionRecord} record
 * @param {boolean} [isNew]
 */
export function take(tab, record, isNew) {
  if (supersedes(record, tab.record)) hold(tab, record, isNew);
}

/**
 * A session with an expired token is good until the server says otherwise.
 *
 * @param {Tab} tab
 * @param {SessionRecord | null} record
 * @param {boolean} [isNew]
 */
function statusAfter({ clock, state: { status } }, record, isNew) {
  if (record?.kind !== 'pair') return 'signed-out';
  if (isNew || judge(record, clock.now()) !== 'expired') return 'signed-in';
  return status === 'signed-out' ? 'opening' : status;
}

/**
 * Shows a status, with what the record says beside it, to whoever watches.
 *
 * @param {Tab} tab
 * @param {State['status']} status
 */
export function show(tab, status) {
  const { record, state } = tab;
  const reason = record?.kind === 'ended' ? record.reason : null;
  const login = pairOf(tab)?.login ?? null;
  if (status === state.status && reason === state.reason && login === state.login) return;
  tab.state = { status, reason, login };
  for (const watcher of [...tab.watchers]) tell(tab, watcher);
}

/**
 * @param {Tab} tab
 * @param {(state: State) => void} watcher
 */
const tell = (tab, watcher) => surface(tab.clock, () => watcher(tab.state));

/**
 * Calls a watcher now and at each change, until the returned function is called.
 *
 * @param {Tab} tab
 * @param {(state: State) => void} watcher
 * @returns {() => void}
 */
export function subscribe(tab, watcher) {
  tab.watchers.add(watcher);
  tell(tab, watcher);
  return () => void tab.watchers.delete(watcher);
}
