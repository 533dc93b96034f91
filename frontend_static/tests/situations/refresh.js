/** Situations for clients that refresh wrongly in one tab: each tells true when the client stands it. */
import { createWorld, drive, gate, HOUR } from '../world.js';
import { calm, signedIn } from '../overlay.js';

/** @param {import('../world.js').Tab} tab */
const tryOnce = (tab) => tab.get().then(({ status }) => status === 200, () => false);

/** @type {Record<string, import('../overlay.js').Situation>} */
export const REFRESH = {
  async drops_rotated_token(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    for (let morning = 0; morning < 2; morning += 1) {
      await world.clock.pass(2 * HOUR);
      await tryOnce(tab);
    }
    return tab.status() === 'signed-in';
  },
  async signs_out_on_any_failed_refresh(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    world.server.state.fates.push('html');
    await world.clock.pass(2 * HOUR);
    await drive(world, tryOnce(tab));
    return tab.status() === 'signed-in';
  },
  async signs_out_on_network_error(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    // Another failure than no answer at all does not tell the two apart.
    world.server.state.fates.push('html', 'drop');
    await world.clock.pass(2 * HOUR);
    await drive(world, tryOnce(tab));
    return tab.status() === 'signed-in';
  },
  async never_gives_up(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    world.server.state.ended = true;
    await world.clock.pass(2 * HOUR);
    await calm();
    return tab.status() === 'signed-out';
  },
  async no_retry(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    world.server.state.refusesUpTo = 1;
    world.server.state.fates.push('drop');
    return drive(world, tryOnce(tab));
  },
  async rejects_queued_requests(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    world.server.state.refusesUpTo = 1;
    const all = await Promise.all([tryOnce(tab), tryOnce(tab), tryOnce(tab)]);
    return all.every(Boolean);
  },
  async ignores_retry_after(openTab) {
    const world = createWorld();
    await signedIn(world, openTab);
    world.server.state.fates.push({ status: 503, retryAfter: '60' });
    await world.clock.pass(2 * HOUR);
    await world.clock.pass(1_000);
    return world.server.state.refreshes.length === 1;
  },
  async refreshes_on_late_401(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    const late = gate();
    Object.assign(world.server.state, { refusesUpTo: 1, gate: late.shut });
    const slow = tab.get();
    await calm();
    await tab.get();
    // Long enough that another refresh would not be in vain.
    await world.clock.pass(11_000);
    late.open();
    await slow;
    return world.server.state.refreshes.length === 1;
  },
};
