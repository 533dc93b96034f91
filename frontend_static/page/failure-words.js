/** What came instead of the answer that was asked for, in words. */

/** @param {number} status of the answer; 0 when none came */
export function failure(status) {
  if (!status) return 'The server could not be reached. Please try again.';
  if (status === 429) return 'There were too many tries. Please wait a minute before the next one.';
  if (status >= 500) return `The server has a fault at present (${status}). Please try again later.`;
  if (status >= 400) return `The server refused this (${status}).`;
  return 'Something else answered in the server’s place. Does this network want a sign-in of its own?';
}

/** @param {number} status */
export const failedSignIn = (status) =>
  status === 400 || status === 401 ? 'Name or password is wrong.' : failure(status);
