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
  const diary = createDiary((event) => surface(clock, () => log(event)));
  /** @type {import('./types.js').SessionRecord | null} */
  let latest = null;
  const session = assemble({
    ...parts,
    http,
    strategy: strategyNamed(strategy),
    diary: {
      ...diary,
      record(record, isNew) {
        latest = record;
        diary.record(record, isNew);
        // One tab tells, and the diary of each knows why; what the user ended is told by nobody.
        if (report && isNew && record?.kind === 'ended') void http.post(report, { body: { reason: record.reason }, keepalive: true });
      },
    },
  });
  return Object.assign(session, {
    /** What a page may show of the session's tokens, in ms; null when there is none. */
    inspect: () => inspected(latest),
  });
}
