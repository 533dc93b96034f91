/** Renews the pair of a tab. */
import { share } from './flight.js';
import { renew } from './renewal.js';

/**
 * Resolves once a newer pair stands; rejects with SessionExpiredError.
 *
 * @param {import('./tab.js').Tab} tab
 * @param {import('./types.js').Pair} pair
 */
export const refresh = (tab, pair) => share(tab, 'refresh', () => renew(tab, pair));
