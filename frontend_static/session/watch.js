/** Keeps a tab in step: on messages of other tabs, on waking up, and by a regular look at the clock. */
import { check } from './check.js';
import { hear } from './hear.js';
import { resume } from './renewal.js';

/**
 * Starts to watch, and returns what stops it.
 *
 * @param {import('./tab.js').Tab} tab
 */
export function watch(tab) {
  const onWake = () => check(tab);
  const stops = [
    tab.channel.listen((message) => hear(tab, message)),
    tab.wake.listen(onWake, () => resume(tab)),
    // Timers are late, or fire once after days of sleep: each tick looks at the clock instead of counting.
    tab.clock.every(tab.checkEvery, onWake),
  ];
  return () => stops.forEach((stop) => stop());
}
