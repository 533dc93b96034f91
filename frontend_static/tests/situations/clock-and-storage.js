/** Situations for clients that misread a clock or mishandle storage: each tells true when the client stands it. */
import { createWorld, drive, HOUR } from '../world.js';
import { another, calm, signedIn } from '../overlay.js';

/** @type {import('../overlay.js').Situation} */
async function reloadAlone(openTab) {
  const world = createWorld();
  (await signedIn(world, openTab)).session.close();
  const reloaded = await another(world, openTab);
  return reloaded.status() === 'signed-in';
}

/** @type {Record<string, import('../overlay.js').Situation>} */
export const CLOCK_AND_STORAGE = {
  async trusts_client_clock(openTab) {
    const world = createWorld({ skew: 70 * 60_000 });
    const tab = await signedIn(world, openTab);
    for (let poke = 0; poke < 5; poke += 1) await tab.get();
    return world.server.state.refreshes.length === 0;
  },
  async clock_outranks_401(openTab) {
    const world = createWorld({ skew: -2 * HOUR });
    const tab = await signedIn(world, openTab);
    world.server.state.refusesUpTo = 1;
    return (await tab.get()).status === 200;
  },
  async no_expiry_buffer(openTab) {
    const world = createWorld();
    await signedIn(world, openTab);
    await world.clock.pass(HOUR - 30_000);
    await calm();
    return world.server.state.refreshes.length === 1;
  },
  async gives_up_when_storage_throws(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    world.storage.full = true;
    await world.clock.pass(2 * HOUR);
    await drive(world, tab.get().catch(() => {}));
    return tab.status() === 'signed-in';
  },
  keeps_tokens_in_memory_alone: reloadAlone,
  relies_on_indexed_db: reloadAlone,
  async takes_eviction_for_sign_out(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    world.storage.value = null;
    tab.device.wake();
    await calm();
    return tab.status() === 'signed-in';
  },
};
