/** Waiting for something shared, without the right to stop it. */
import { RefreshUnavailableError } from './errors.js';

/**
 * Settles as `shared` does, or rejects once patience has run out, or with the reason of the caller's own signal.
 *
 * @param {Pick<import('./tab.js').Tab, 'clock' | 'patience'>} tab
 * @param {Promise<void>} shared
 * @param {import('./types.js').Abort | null} [signal]
 * @returns {Promise<void>}
 */
export const settle = ({ clock, patience }, shared, signal) =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    clock.after(patience, () => reject(new RefreshUnavailableError('The session is not renewed.')));
    // A signal may outlive many requests.
    shared.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });
