/** Waiting for something shared, without the right to stop it. */
import { RefreshUnavailableError } from './errors.js';

/**
 * Settles as `shared` does, or rejects after `patience` ms, or with the reason of the caller's own signal.
 *
 * @template T
 * @param {Promise<T>} shared
 * @param {{after: import('./types.js').Clock['after'], patience: number, signal: import('./types.js').Abort | null}} limits
 * @returns {Promise<T>}
 */
export function settle(shared, { after, patience, signal }) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    const cancel = after(patience, () =>
      reject(new RefreshUnavailableError('The session could not be renewed in time.')),
    );
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', abort);
    };
    shared.then(resolve, reject).finally(done);
  });
}
