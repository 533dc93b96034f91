/** Port: one value in IndexedDB; where there is none at all, localStorage has to do. */
import { createLocalStore } from './local-store.js';
import { createStore } from './record-store.js';

/** @type {typeof createStore} */
export function createAnyStore(name, key, ...rest) {
  try {
    if (indexedDB) return createStore(name, key, ...rest);
  } catch {
    // There is none, or its mere name throws.
  }
  return createLocalStore(`${name}.${key}`);
}
