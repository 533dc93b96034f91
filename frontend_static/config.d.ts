/** What the server's module /config.js exports. */
export const session: { strategy: string };
