/** Bug: where Web Locks are missing, every tab refreshes whenever it likes. */

/** @returns {import('../../../session/types.js').Ports['lock']} */
export const createLease = () => (work) => work();
