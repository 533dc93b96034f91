/** What the server's module /config.js exports. */
export const session: { strategy: import('./session/types.js').StrategyName, report: string };
