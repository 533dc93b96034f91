/** Tells the server what time it is here, for its statistics. */

/**
 * @param {import('./types.js').Http} http
 * @param {import('./types.js').Clock} clock
 * @returns {import('./types.js').Http}
 */
export const withClientTime = (http, clock) => ({
  ...http,
  post(url, { headers, ...question }) {
    // Another origin would have to allow the header first.
    const told = http.isAtHome(url, '') && { 'X-Client-Time': String(clock.now() / 1000) };
    return http.post(url, { ...question, headers: { ...headers, ...told } });
  },
});
