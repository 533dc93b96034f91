/** How the page asks the server's API: with the session's own `fetch`. */

/**
 * @param {Pick<import('./session/index.js').Session, 'fetch'>} session
 * @returns {(method: string, url: string, data?: object) => Promise<any>} resolves to the JSON of a good answer; rejects with
 *   the `status` of another
 */
export function createApi(session) {
  return async function api(method, url, data) {
    const headers = data && { 'Content-Type': 'application/json' };
    const reply = await session.fetch(url, { method, headers, body: JSON.stringify(data) });
    if (!reply.ok) throw Object.assign(new Error(`${url} answered ${reply.status}`), { status: reply.status });
    return reply.json();
  };
}
