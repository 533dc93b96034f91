/** Port: messages between the tabs of one origin. */

/** @typedef {import('../types.js').Message} Message */

/**
 * Opens the channel; without BroadcastChannel nobody hears, and tabs learn from the record when they look.
 *
 * A record in localStorage tells of itself by its event, which comes once the new one can be read; a message may
 * come before.
 *
 * @param {string} name
 * @returns {import('../types.js').Ports['channel']}
 */
export function createChannel(name) {
  let channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  return {
    post: (message) => channel?.postMessage(message),
    listen(hear) {
      /** @param {MessageEvent<Message>} event */
      const onMessage = ({ data }) => hear(data);
      /** @param {StorageEvent} event */
      const onStorage = ({ key }) => key === `${name}.record` && hear({ type: 'look' });
      channel?.addEventListener('message', onMessage);
      addEventListener('storage', onStorage);
      return () => {
        removeEventListener('storage', onStorage);
        channel?.close();
        // A page that is unmounted may still sign out.
        channel = null;
      };
    },
  };
}
