/** Writes the record, and goes on trying when storage refuses. */
import { delayAfter } from './backoff.js';
import { aboutStorage } from './diary.js';
import { createNap } from './nap.js';
import { readable } from './record.js';
import { supersedes } from './supersedes.js';

/** @typedef {import('./types.js').SessionRecord} SessionRecord */
/** @typedef {{before: SessionRecord | null, standing: SessionRecord}} Written */
/** @typedef {(next: SessionRecord) => Promise<Written>} Persist */

/** The record must stand before the user reloads, so the retries stay close together. */
const LONGEST_RETRY = 5_000;

/**
 * Makes the function that writes a record unless a newer one stands, and never rejects.
 *
 * It resolves to what was there before and what stands now. A record that cannot be written is told to the
 * other tabs, counts as standing, and is written later; `onOther` hears of what stands then instead of it.
 *
 * @param {Pick<import('./types.js').Ports, 'store' | 'channel' | 'clock' | 'log'>} ports
 * @param {Pick<import('./types.js').Settings, 'shareTime'>} settings
 * @param {(standing: SessionRecord) => void} onOther
 * @returns {Persist}
 */
export function createPersist({ store, channel, clock, log }, { shareTime }, onOther) {
  const nap = createNap(clock);
  /** @type {SessionRecord | null} */
  let owed = null;
  let retrying = false;

  /** @type {Persist} */
  async function put(next) {
    const found = await store.update((current) => (supersedes(next, readable(current)) ? next : null));
    const before = readable(found);
    const standing = before && !supersedes(next, before) ? before : next;
    if (owed && !supersedes(owed, standing)) owed = null;
    return { before, standing };
  }

  async function retry() {
    if (retrying) return;
    retrying = true;
    for (let failures = 1; owed; failures += 1) {
      await nap.take(delayAfter(failures, clock.random(), LONGEST_RETRY));
      try {
        if (!owed) break;
        const { standing } = await put(owed);
        onOther(standing);
        channel.post({ type: 'look' });
      } catch {
        // Still refused: the next round tries again.
      }
    }
    retrying = false;
  }

  return async function persist(next) {
    try {
      return await put(next);
    } catch {
      log(aboutStorage());
      if (supersedes(next, owed)) owed = next;
      void retry();
      channel.post({ type: 'record', record: next });
      // A tab that waits for the lock must hear of the pair before it gets it: storage cannot tell.
      await nap.take(shareTime);
      return { before: null, standing: next };
    }
  };
}
