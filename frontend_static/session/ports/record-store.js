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
   * @param {IDBTransactionMode} mode
   * @param {(current: unknown) => unknown} decide
   */
  async function transact(mode, decide) {
    const database = await open(name);
    try {
      return await run(database.transaction(TABLE, mode, { durability }), key, decide);
    } finally {
      database.close();
    }
  }
  return {
    read: () => within(clock, transact('readonly', () => null)),
    update: (decide) => within(clock, transact('readwrite', decide)),
  };
}

/**
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
function open(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Resolves to the value that was there, once the transaction is complete.
 *
 * @param {IDBTransaction} transaction
 * @param {string} key
 * @param {(current: unknown) => unknown} decide
 * @returns {Promise<unknown>}
 */
function run(transaction, key, decide) {
  return new Promise((resolve, reject) => {
    const table = transaction.objectStore(TABLE);
    const reading = table.get(key);
    reading.onsuccess = () => {
      try {
        const next = decide(reading.result ?? null);
        if (next !== null) table.put(next, key);
      } catch (error) {
        reject(error);
        transaction.abort();
      }
    };
    transaction.oncomplete = () => resolve(reading.result ?? null);
    transaction.onabort = () => reject(transaction.error);
  });
}

/**
 * @template T
 * @param {import('../types.js').Clock} clock
 * @param {Promise<T>} transaction
 * @returns {Promise<T>}
 */
function within(clock, transaction) {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(PATIENCE, () => reject(new Error('The database does not answer.')));
    transaction.then(resolve, reject).finally(cancel);
  });
}
