/** Bug: whoever asks for a refresh while one is under way is rejected, instead of waiting for it. */
import { RefreshUnavailableError } from './errors.js';

/**
 * @param {Pick<import('../../session/tab.js').Tab, 'flights'>} tab
 * @param {'look' | 'refresh' | 'rewrite'} name
 * @param {() => Promise<void>} work
 * @returns {Promise<void>}
 */
export function share({ flights }, name, work) {
  if (name === 'refresh' && name in flights) {
    const rejected = Promise.reject(new RefreshUnavailableError('A refresh is under way already.'));
    rejected.catch(() => {});
    return rejected;
  }
  const flight = (flights[name] ??= work().finally(() => {
    delete flights[name];
  }));
  flight.catch(() => {});
  return flight;
}
