/** How long to wait before the next attempt. */

/** The longest wait of any kind. */
export const LONGEST = 30_000;
const BASE = 400;

/**
 * Returns the wait after the given number of failures: exponential, capped, with jitter.
 *
 * A quarter is certain, so that bad luck never sends six attempts within three seconds.
 *
 * @param {number} failures 1 after the first
 * @param {number} random from 0 up to 1
 */
export const delayAfter = (failures, random) => Math.min(LONGEST, BASE * 2 ** (failures - 1)) * (0.25 + 0.75 * random);
