/** Renews the pair of a tab, and knows whether it is worth sending. */
import { createDoubt } from './doubt.js';
import { createFlight } from './flight.js';
import { judge } from './judge.js';
import { createRenewal } from './renewal.js';

/** @typedef {import('./types.js').Pair} Pair */
/** @typedef {ReturnType<typeof createRefresher>} Refresher */

/**
 * @param {Pick<import('./types.js').Ports, 'clock' | 'wake'>} ports
 * @param {import('./held.js').Held} held
 * @param {ReturnType<typeof import('./attempt.js').createAttempt>} attempt
 */
export function createRefresher(ports, held, attempt) {
  const doubt = createDoubt(ports.clock);
  /** @param {Pair} pair */
  const usable = (pair) => judge(pair, ports.clock.now()) !== 'expired' && !doubt.about(pair);
  const { renew, resume, nudge } = createRenewal(ports, held, attempt, usable);
  const { refused, accepted, inVain } = doubt;
  return { usable, refresh: createFlight(renew), resume, nudge, refused, accepted, inVain };
}
