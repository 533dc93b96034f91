/** Bug: whoever asks for a refresh while one is under way is rejected, instead of waiting for it. */
import { RefreshUnavailableError } from './errors.js';

/**
 * @template T
 * @param {(about: T) => Promise<void>} work
 * @returns {(about: T) => Promise<void>}
 */
export function createFlight(work) {
  let busy = false;

  /** @param {T} about */
  async function fly(about) {
    if (busy) throw new RefreshUnavailableError('A refresh is under way already.');
    busy = true;
    try {
      await work(about);
    } finally {
      busy = false;
    }
  }

  return function start(about) {
    const flight = fly(about);
    flight.catch(() => {});
    return flight;
  };
}
