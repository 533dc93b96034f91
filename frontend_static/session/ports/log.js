/** Port: lines for whoever debugs a page. */

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
 * @returns {import('../types.js').Ports['log']}
 */
export const createLog = (isOn) => (isOn ? (line) => console.debug(`[session] ${line}`) : () => {});
