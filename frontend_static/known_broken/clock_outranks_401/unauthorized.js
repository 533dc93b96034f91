/** Bug: takes a 401 for no reason to refresh, since the token has not expired by this device's clock. */
import { same } from './record.js';

/** @typedef {import('../../session/types.js').Pair} Pair */
/** @typedef {import('../../session/types.js').SessionRecord} SessionRecord */

/**
 * @param {Pair} sent
 * @param {SessionRecord | null} current
 * @returns {'retry' | 'refresh' | 'give up'}
 */
export const onUnauthorized = (sent, current) => (same(sent, current) ? 'give up' : 'retry');
