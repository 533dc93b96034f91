/** Port: one value in IndexedDB, compared and set in one transaction. */
const TABLE = 'values';
/** A database that never answers must not hold up the page for ever. */
const PATIENCE = 3_000;

/**
 * Gives access to one value; both methods reject when storage is full, blocked or silent.
 *
 * A connection lives for one transaction, so that clearing the site's data leaves none that is dead.
 *
 * @param {string} name of the database
 * @param {string} key
 * @param {import('../types.js').Clock} clock
 * @param {IDBTransactionDurability} [durability] what must survive a crash of the device is `strict`
 * @returns {import('../types.js').Store}
 */
export function createStore(name, key, clock, durability = 'strict') {
  /**
   * Resolves to the value that was there, undefined when there was none, once the transaction is complete.
   *
   * @param {IDBTransactionMode} mode
   * @param {(current: unknown) => unknown} decide
   */
  async function transact(mode, decide) {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
    const database = await outcome(opening);
    try {
      const transaction = database.transaction(TABLE, mode, { durability });
      const table = transaction.objectStore(TABLE);
      const before = await outcome(table.get(key));
      const next = decide(before);
      if (next !== null) table.put(next, key);
      await outcome(transaction, 'complete', 'abort');
      return before;
    } finally {
      database.close();
    }
  }
  /** @type {typeof transact} */
  const within = (mode, decide) =>
    new Promise((resolve, reject) => {
      clock.after(PATIENCE, () => reject(new Error('The database is slow.')));
      transact(mode, decide).then(resolve, reject);
    });

  return { read: () => within('readonly', () => null), update: (decide) => within('readwrite', decide) };
}

/**
 * Settles as a request or a transaction does.
 *
 * @param {any} work
 * @param {string} [done] the event that tells of its success
 * @param {string} [failed]
 * @returns {Promise<any>}
 */
function outcome(work, done = 'success', failed = 'error') {
  return new Promise((resolve, reject) => {
    work.addEventListener(done, () => resolve(work.result));
    work.addEventListener(failed, () => reject(work.error));
  });
}
