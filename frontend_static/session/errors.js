/**
 * What a session throws:
 *
 *     SessionError
 *     ├── SessionExpiredError      the session is over, and the only one that may sign out
 *     └── RefreshUnavailableError  no token now; the session goes on
 */

/**
 * Something went wrong that has to do with the session; `status` is the server's, 0 when it did not answer, and
 * `retryAfter` its wish in milliseconds, or null.
 */
export class SessionError extends Error {
  /**
   * @param {string} message
   * @param {{cause?: unknown, status?: number, retryAfter?: number | null}} [options]
   */
  constructor(message, options) {
    super(message, options);
    this.name = new.target.name;
    this.status = options?.status ?? 0;
    this.retryAfter = options?.retryAfter ?? null;
  }
}

/** The session is over; `reason` is the stable word that says why. */
export class SessionExpiredError extends SessionError {
  /** @param {string | null} reason */
  constructor(reason) {
    super(`The session is over: ${reason ?? 'not signed in'}.`);
    this.reason = reason;
  }
}

/** The access token could not be renewed now. */
export class RefreshUnavailableError extends SessionError {}
