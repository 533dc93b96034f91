/** Port: when a page comes back to life, and whether the device is online. */

/** @returns {import('../types.js').Ports['wake']} */
export function createWake() {
  return {
    online: () => navigator.onLine,
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
