/** Port: one value in IndexedDB; where there is none at all, localStorage has to do. */
import { createLocalStore } from './local-store.js';
import { createStore } from './record-store.js';

/** @type {typeof createStore} */
export const createAnyStore = (name, key, ...rest) =>
  hasIndexedDb() ? createStore(name, key, ...rest) : createLocalStore(`${name}.${key}`);

function hasIndexedDb() {
  try {
    return !!indexedDB;
  } catch {
    return false;
  }
}
