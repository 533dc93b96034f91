/** A tab that opens while the record cannot be read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, drive, flush, until } from './world.js';

/** @param {import('../session/types.js').StrategyName} strategy */
async function signedInWithBlockedStorage(strategy) {
  const world = createWorld({ strategy });
  const tab = await world.signedIn();
  tab.session.close();
  tab.ear.deaf = true;
  world.storage.blocked = true;
  return world;
}

test('Storage that does not answer for a moment is not "nobody is signed in"', async () => {
  const world = await signedInWithBlockedStorage('rotating');
  const page = world.tab();
  /** @type {string[]} */
  const seen = [];
  page.session.subscribe(({ status }) => void seen.push(status));
  const reply = page.get();
  await flush();
  world.storage.blocked = false;
  assert.equal((await drive(world, reply)).status, 200);
  assert.ok(!seen.includes('signed-out'), seen.join());
});

test('A request that is made while the tab hopes for a session goes out once the record can be read', async () => {
  const world = await signedInWithBlockedStorage('cookie');
  world.server.state.fates.push('drop');
  const page = world.tab();
  await flush();
  await world.clock.pass(200);
  await until(() => page.status() === 'reconnecting');
  const reply = page.get();
  world.storage.blocked = false;
  assert.equal((await drive(world, reply)).status, 200);
});
