/** Waiting for something shared, without the right to stop it. */
import { RefreshUnavailableError } from './errors.js';
import { failAfter } from './nap.js';

/**
 * Settles as `shared` does, or rejects once patience has run out, or with the reason of the caller's own signal.
 *
 * @param {Pick<import('./tab.js').Tab, 'clock' | 'patience'>} tab
 * @param {Promise<void>} shared
 * @param {import('./types.js').Abort | null} [signal]
 */
export function settle({ clock, patience }, shared, signal) {
  /** @type {Promise<never>} */
  const aborted = new Promise((_, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
  });
  const late = new RefreshUnavailableError('The session is not renewed.');
  return Promise.race([shared, aborted, failAfter(clock, patience, late)]);
}
