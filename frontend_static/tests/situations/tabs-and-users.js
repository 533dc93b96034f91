/** Situations for clients that fail between tabs, or between users: each tells true when the client stands it. */
import { createWorld, gate, HOUR } from '../world.js';
import { another, calm, signedIn } from '../overlay.js';

/** @param {import('../overlay.js').OpenTab} openTab */
async function twoTabs(openTab) {
  const world = createWorld();
  const tab = await signedIn(world, openTab);
  return { world, tab, other: await another(world, openTab) };
}

/** @type {import('../overlay.js').Situation} */
async function expireTogether(openTab) {
  const { world, tab, other } = await twoTabs(openTab);
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  await calm();
  held.open();
  await calm();
  return tab.status() === 'signed-in' && other.status() === 'signed-in';
}

/** @type {Record<string, import('../overlay.js').Situation>} */
export const TABS_AND_USERS = {
  no_cross_tab_lock: expireTogether,
  relies_on_web_locks: expireTogether,
  async relies_on_broadcast_channel(openTab) {
    const { tab, other } = await twoTabs(openTab);
    other.ear.deaf = true;
    await tab.session.signOut();
    other.device.wake();
    await calm();
    return other.status() === 'signed-out';
  },
  async loser_wipes_winner(openTab) {
    const world = createWorld();
    const held = gate();
    const { http } = world.server;
    /** @type {typeof http.post} */
    async function slowly(url, question) {
      if (url.endsWith('/refresh/')) await held.shut;
      return http.post(url, question);
    }
    const loser = await signedIn(world, () => openTab(world, { http: { ...http, post: slowly } }));
    const winner = await another(world, openTab);
    await world.clock.pass(2 * HOUR);
    await calm();
    // By now the winner's tokens stand in the record.
    held.open();
    await calm();
    return loser.status() === 'signed-in' && winner.status() === 'signed-in';
  },
  async ignores_sign_out_in_another_tab(openTab) {
    const { tab, other } = await twoTabs(openTab);
    await tab.session.signOut();
    other.device.wake();
    await calm();
    return other.status() === 'signed-out';
  },
  async sends_no_broadcast(openTab) {
    const { tab, other } = await twoTabs(openTab);
    await tab.session.signOut();
    await calm();
    return other.status() === 'signed-out';
  },
  async late_refresh_undoes_sign_out(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    const held = gate();
    world.server.state.fates.push(held.shut);
    await world.clock.pass(2 * HOUR);
    await calm();
    await tab.session.signOut();
    held.open();
    await calm();
    return tab.status() === 'signed-out';
  },
  async sends_queued_requests_as_anyone(openTab) {
    const world = createWorld();
    const tab = await signedIn(world, openTab);
    const held = gate();
    world.server.state.fates.push(held.shut);
    await world.clock.pass(2 * HOUR);
    const waiting = tab.get().then(() => false, () => true);
    await calm();
    await tab.session.signIn({ username: 'bob', password: 'secret' });
    held.open();
    return waiting;
  },
};
