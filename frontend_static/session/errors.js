/**
 * What a session throws:
 *
 *     SessionError
 *     ├── SessionExpiredError      the session is over, and the only one that may sign out
 *     └── RefreshUnavailableError  no token now; the session goes on
 */

/** Something went wrong that has to do with the session; `status` is the server's, 0 when it did not answer. */
export class SessionError extends Error {
  /**
   * @param {string} message
   * @param {{cause?: unknown, status?: number}} [options]
   */
  constructor(message, { cause, status = 0 } = {}) {
    super(message, { cause });
    this.name = new.target.name;
    this.status = status;
  }
}

/** The session is over; `reason` is the stable word that says why. */
export class SessionExpiredError extends SessionError {
  /** @param {string | null} reason */
  constructor(reason) {
    super(`The session is over: ${reason ?? 'nobody is signed in'}.`);
    this.reason = reason;
  }
}

/** The access token could not be renewed now; `retryAfter` is the server's wish in milliseconds, or null. */
export class RefreshUnavailableError extends SessionError {
  /**
   * @param {string} message
   * @param {{cause?: unknown, status?: number, retryAfter?: number | null}} [options]
   */
  constructor(message, { retryAfter = null, ...options } = {}) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}
