/** Stand-ins for what browsers offer as globals. */

/** @param {string} name @param {unknown} value */
export const setGlobal = (name, value) =>
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

/** @param {string} name */
export const removeGlobal = (name) => Reflect.deleteProperty(globalThis, name);
