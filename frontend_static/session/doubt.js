/** What a tab remembers of the access token that the server refused. */
import { judge } from './judge.js';
import { isRecent } from './recent.js';
import { same } from './record.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {import('./tab.js').Tab} Tab */

/** A new token that is refused at once is not worth another refresh so soon. */
const VAIN_INTERVAL = 10_000;

/**
 * @param {Tab} tab
 * @param {Pair} pair
 */
export const isRefused = ({ refused }, pair) => same(pair, refused?.pair);

/**
 * Notes that the server refused a pair's access token; it is not sent again.
 *
 * @param {Tab} tab
 * @param {Pair} pair
 */
export function refuse(tab, pair) {
  if (!isRefused(tab, pair)) tab.refused = { pair, at: tab.clock.now() };
}

/**
 * Tells whether a refused pair is itself the fruit of a refusal just now.
 *
 * @param {Tab} tab
 * @param {Pair} pair
 */
export const isInVain = (tab, pair) =>
  tab.refused !== null && !isRefused(tab, pair) && isRecent(tab.refused.at, tab.clock.now(), VAIN_INTERVAL);

/**
 * Tells whether a pair's access token is worth sending.
 *
 * @param {Tab} tab
 * @param {Pair} pair
 */
export const isUsable = (tab, pair) => judge(pair, tab.clock.now()) !== 'expired' && !isRefused(tab, pair);
