/** The state of a session in words for people. */

/** @type {Record<string, string>} */
const BECAUSE = {
  expired: 'you had not been here for too long',
  absolute_expired: 'this session reached its greatest age',
  logged_out: 'this session was ended elsewhere',
  password_changed: 'the password was changed',
  no_active_account: 'this account is not active',
  user_inactive: 'this account is not active',
  user_not_found: 'this account no longer exists',
  refused: 'the server no longer accepts this account',
  reuse_detected: 'an old copy of this session was used, perhaps by somebody else',
  revoked_reuse: 'an old copy of this session was used, perhaps by somebody else',
  family_unknown: 'the server no longer knows this session',
  missing: 'this browser no longer knows this session',
  other_session: 'somebody else has signed in here',
  token_not_valid: 'this session has expired, or was ended elsewhere',
};

/**
 * Returns a sentence about the state, empty when there is nothing to say.
 *
 * @param {import('./types.js').State} state
 */
export function words({ status, reason }) {
  if (status === 'reconnecting') return 'Reconnecting…';
  if (status !== 'signed-out' || !reason) return '';
  if (reason === 'signed_out') return 'You have signed out.';
  const because = BECAUSE[reason] ?? `the server no longer accepts this session (${reason})`;
  return `You were signed out because ${because}.`;
}
