/** Bug: a refresh that fails is not tried again; whoever waits for it is rejected. */
import { attempt } from './attempt.js';
import { isUsable } from './doubt.js';
import { show } from './tab.js';

/**
 * @param {import('../../session/tab.js').Tab} tab
 * @param {import('../../session/types.js').Pair} seen
 */
export async function renew(tab, seen) {
  tab.askedAt = tab.clock.now();
  try {
    await tab.lock(() => attempt(tab, seen), () => !isUsable(tab, seen));
  } catch (error) {
    if (!isUsable(tab, seen)) show(tab, 'reconnecting');
    throw error;
  }
}

/** @param {import('../../session/tab.js').Tab} tab */
export const resume = (tab) => tab.nap.wake();

export const nudge = () => {};
