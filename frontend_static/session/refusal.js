/** The server's words that end a session. Whatever else it says, or something in between, keeps it. */
import { OTHER_SESSION } from './record.js';

/** What an API's 401 calls an account that no refresh can help. */
const ENDS = ['user_inactive', 'user_not_found', 'password_changed'];

/** A reason is stored, shown and told: a sentence may hold what must not be. */
const WORD = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * Returns the reason why a refresh was refused for good, or null.
 *
 * That is a 401 in JSON with SimpleJWT's code `token_not_valid`; a `reason` beside it names the cause. With cookies a
 * 409 says that another session has taken this one's place in the browser. For an account
 * that is not active SimpleJWT sends a `detail` without a code; its challenge tells it from a captive portal.
 *
 * @param {Pick<import('./types.js').Answer, 'status' | 'body' | 'challenge'>} answer
 */
export function refusalOfRefresh({ status, body, challenge }) {
  const { code, reason, detail } = Object(body);
  if (status === 409 && code === OTHER_SESSION) return code;
  if (status !== 401) return null;
  if (code === 'token_not_valid') return typeof reason === 'string' && WORD.test(reason) ? reason : code;
  const isSimpleJwt = code === undefined && typeof detail === 'string' && /^Bearer\b/i.test(challenge ?? '');
  return isSimpleJwt ? 'refused' : null;
}

/**
 * Returns the reason why the API's 401 ends the session, or null when a refresh may help.
 *
 * On some servers it is the only word there is: their refresh goes on for an account that was closed.
 *
 * @param {unknown} body its JSON, undefined when it was none
 * @returns {string | null}
 */
export function refusalOfApi(body) {
  const { code } = Object(body);
  return ENDS.includes(code) ? code : null;
}
