/** Port: messages between the tabs of one origin. */

/** @typedef {import('../types.js').Message} Message */

/**
 * Opens the channel; without BroadcastChannel nobody hears, and tabs learn from the record when they look.
 *
 * @param {string} name
 * @returns {import('../types.js').Ports['channel']}
 */
export function createChannel(name) {
  let channel = globalThis.BroadcastChannel ? new BroadcastChannel(name) : null;
  return {
    post: (message) => channel?.postMessage(message),
    listen(hear) {
      /** @param {MessageEvent<Message>} event */
      const onMessage = ({ data }) => hear(data);
      channel?.addEventListener('message', onMessage);
      return () => {
        channel?.close();
        // A page that is unmounted may still sign out.
        channel = null;
      };
    },
  };
}
