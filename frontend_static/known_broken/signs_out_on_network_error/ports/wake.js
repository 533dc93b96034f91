/** Bug: never asks whether the device is online, so that a refresh fails where it could wait. */

/** @returns {import('../../../session/types.js').Ports['wake']} */
export function createWake() {
  return {
    online: () => true,
    listen(wake, online) {
      const stop = new AbortController();
      const { signal } = stop;
      const onVisible = () => document.visibilityState === 'visible' && wake();
      document.addEventListener('visibilitychange', onVisible, { signal });
      document.addEventListener('resume', wake, { signal });
      for (const type of ['focus', 'pageshow', 'online']) addEventListener(type, wake, { signal });
      addEventListener('online', online, { signal });
      return () => stop.abort();
    },
  };
}
