/** Port: what happens, in the console of whoever debugs a page. */

/** Tells whether a bundler has built the page for development; without a bundler nobody has. */
export function inDevelopment() {
  try {
    return process.env.NODE_ENV === 'development';
  } catch {
    return false;
  }
}

/**
 * @param {boolean} isOn
 * @returns {(event: import('../types.js').Event) => void}
 */
export const createLog = (isOn) => (isOn ? ({ type, ...details }) => console.debug(`[session] ${type}`, details) : () => {});

/** What is the case in a tab, or a worker, when something happens. */
export const surroundings = () => ({ online: navigator.onLine, visible: globalThis.document?.visibilityState === 'visible' });
