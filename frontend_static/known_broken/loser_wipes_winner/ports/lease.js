/** Bug: refreshes without any lease in storage, where browsers lack Web Locks, so two tabs present one refresh token. */

/** @returns {import('../../../session/types.js').Ports['lock']} */
export function createLease() {
  return (work) => work();
}
