/** Trouble that is provoked by hand does what it says, and the session survives it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { breakable, createTrouble, cuttable, fillable, skewed } from '../page/trouble.js';
import { assembleAll } from '../session/extras.js';
import { createWorld, drive, flush, HOUR, until } from './world.js';

/** Signs in in a tab whose surroundings are wrapped as the inspector wraps them. */
async function inspected() {
  const world = createWorld();
  const trouble = createTrouble();
  const tab = world.tab({
    open(parts) {
      const clock = skewed(parts.clock, trouble);
      const { store, http, wake } = parts;
      world.server.device.now = clock.now;
      const wrapped = { store: fillable(store, trouble), http: breakable(http, trouble, clock), wake: cuttable(wake, trouble) };
      return assembleAll({ ...parts, clock, ...wrapped });
    },
  });
  await flush();
  await world.clock.pass(200);
  await tab.session.signIn({ username: 'ann', password: 'secret' });
  await world.clock.pass(60_000);
  return { world, trouble, tab, get: async () => (await drive(world, tab.get())).status };
}

test('Without trouble nothing differs', async () => {
  const { world, tab, get } = await inspected();
  assert.equal(await get(), 200);
  assert.deepEqual(world.server.state.refreshes, []);
  assert.equal(tab.status(), 'signed-in');
});

test('A token that is expired by hand is refused, one refresh follows, and its successor is good', async () => {
  const { world, trouble, tab, get } = await inspected();
  trouble.expire = true;
  assert.deepEqual(await Promise.all([get(), get()]), [200, 200]);
  assert.equal(world.server.state.refreshes.length, 1);
  assert.ok(world.server.state.requests.includes('expired'));
  const before = world.server.state.requests.length;
  assert.equal(await get(), 200);
  assert.equal(world.server.state.requests.length, before + 1);
  assert.equal(tab.status(), 'signed-in');
});

test('Offline every request fails and none leaves the tab; online it goes on', async () => {
  const { world, trouble, tab, get } = await inspected();
  trouble.offline = true;
  const before = world.server.state.requests.length;
  await assert.rejects(get(), TypeError);
  trouble.skew = 2 * HOUR;
  await assert.rejects(get());
  assert.equal(tab.status(), 'reconnecting');
  assert.equal(world.server.state.requests.length, before);
  assert.deepEqual(world.server.state.refreshes, []);
  Object.assign(trouble, { offline: false, skew: 0 });
  tab.device.cameOnline();
  await until(() => tab.status() === 'signed-in');
  assert.equal(await get(), 200);
});

test('A clock that is set fast makes one refresh, not one a request', async () => {
  const { world, trouble, tab, get } = await inspected();
  trouble.skew = 70 * 60_000;
  assert.equal(await get(), 200);
  assert.equal(await get(), 200);
  assert.equal(world.server.state.refreshes.length, 1);
  assert.equal(tab.status(), 'signed-in');
});

test('A clock that is set slow changes nothing', async () => {
  const { world, trouble, tab, get } = await inspected();
  trouble.skew = -10 * 60_000;
  assert.equal(await get(), 200);
  assert.equal(tab.status(), 'signed-in');
  assert.deepEqual(world.server.state.refreshes, []);
});

test('Full storage keeps the old record and can be read; with room again the new one is written', async () => {
  const { world, trouble, get } = await inspected();
  Object.assign(trouble, { full: true, expire: true });
  assert.equal(await get(), 200);
  assert.equal(world.storage.value.generation, 1);
  trouble.full = false;
  await world.clock.pass(10_000);
  await flush();
  assert.equal(world.storage.value.generation, 2);
});

test('A refusal to write is the one that browsers give', async () => {
  const store = { read: async () => 'kept', update: async (/** @type {any} */ decide) => decide('kept') };
  const full = fillable(store, { ...createTrouble(), full: true });
  assert.equal(await full.read(), 'kept');
  assert.equal(await full.update(() => null), null);
  await assert.rejects(full.update(() => 'new'), { name: 'QuotaExceededError' });
});
