/** What a session has beside its core: it tells what happens, and knows servers that do not rotate. */
import { assemble } from './assemble.js';
import { withClientTime } from './client-time.js';
import { createDiary } from './diary.js';
import { inspected } from './inspected.js';
import { strategyNamed } from './strategy.js';
import { surface } from './surface.js';

/**
 * Opens a session as the core does, with all that may be added to it.
 *
 * @param {import('./types.js').AllParts} parts
 */
export function assembleAll({ strategy = 'rotating', report = '', log, ...parts }) {
  const { clock } = parts;
  const http = withClientTime(parts.http, clock);
  const diary = createDiary(
    (event) => surface(clock, () => log(event)),
    (reason) => report && void http.post(report, { body: { reason }, keepalive: true }),
  );
  const { tab, session } = assemble({ ...parts, http, strategy: strategyNamed(strategy), diary });
  return Object.assign(session, {
    /** What a page may show of the session's tokens, in ms; null when there is none. */
    inspect: () => inspected(tab.record),
  });
}
