/** Who holds the lock under which the tabs refresh. */

/** @typedef {Pick<LockManager, 'query' | 'request'>} Locks */

/**
 * Returns a function that says in words who holds the lock at this moment.
 *
 * @param {string} name
 * @param {Locks | undefined} locks absent in old browsers, and where the page is not served safely
 * @returns {() => Promise<string>}
 */
export function createLockWatch(name, locks) {
  if (!locks) return async () => 'this browser has no Web Locks; a lease in storage stands in';
  const me = ownId(locks);
  return async () => {
    const { held = [], pending = [] } = await locks.query();
    const holder = held.find((lock) => lock.name === name);
    const waiting = pending.filter((lock) => lock.name === name).length;
    if (!holder) return 'nobody';
    return `${holder.clientId === (await me) ? 'this tab' : 'another tab'}${waiting ? `; ${waiting} waiting` : ''}`;
  };
}

/**
 * Finds out what the browser calls this tab: whoever holds a lock that nobody else knows of.
 *
 * @param {Locks} locks
 */
function ownId(locks) {
  const name = `nologout-who-am-i-${Math.random()}`;
  return locks.request(name, async () => (await locks.query()).held?.find((lock) => lock.name === name)?.clientId);
}
