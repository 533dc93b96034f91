/** What came instead of the answer that was asked for, in words. */
import { length } from './ages.js';

/** @typedef {{status?: number, retryAfter?: number | null}} Failed `status` is the answer's, 0 when none came; the wish in ms */

/** @param {Failed} failed */
export function failure({ status = 0, retryAfter }) {
  if (!status) return 'The server could not be reached. Please try again.';
  if (status === 429) return `There were too many tries. Please wait ${retryAfter ? length(retryAfter) : 'a minute'} before the next one.`;
  if (status >= 500) return `The server has a fault at present (${status}). Please try again later.`;
  if (status >= 400) return `The server refused this (${status}).`;
  return 'Something else answered in the server’s place. Does this network want a sign-in of its own?';
}

/** @param {Failed} failed */
export const failedSignIn = (failed) =>
  failed.status === 400 || failed.status === 401 ? 'Name or password is wrong.' : failure(failed);
