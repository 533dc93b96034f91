/** How the page asks the server's API: with axios, and the session behind it. */
import axios from '/vendor/axios.js';
import { attachSession } from './session/adapters/axios.js';

/**
 * @param {Pick<import('../../session/index.js').Session, 'createTicket' | 'mayTell'>} session
 * @returns {(method: string, url: string, data?: object) => Promise<any>} resolves to the JSON of a good answer; rejects with
 *   the `status` of another
 */
export function createApi(session) {
  const client = axios.create();
  attachSession(client, session);
  return async (method, url, data) => (await client.request({ method, url, data })).data;
}
