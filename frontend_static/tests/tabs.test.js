/** Tabs that share one session, and a storage that fills up, fails or loses the record. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, drive, flush, gate, HOUR, until } from './world.js';

async function twoTabs() {
  const world = createWorld();
  const tab = await world.signedIn();
  const other = world.tab();
  await until(() => other.status() === 'signed-in');
  return { world, tab, other };
}

test('Two tabs that expire together send one refresh, and both go on', async () => {
  const { world, tab, other } = await twoTabs();
  await world.clock.pass(2 * HOUR);
  const replies = await Promise.all([tab.get(), other.get()]);
  assert.deepEqual(replies.map(({ status }) => status), [200, 200]);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
});

test('A tab that slept over three rotations adopts the newest pair when it wakes', async () => {
  const { world, tab, other } = await twoTabs();
  other.ear.deaf = true;
  for (let turn = 1; turn <= 3; turn += 1) {
    world.server.state.refusesUpTo = turn;
    assert.equal((await tab.get()).status, 200);
  }
  other.device.wake();
  assert.equal((await other.get()).status, 200);
  assert.deepEqual(world.server.state.refreshes, ['r.1', 'r.2', 'r.3']);
});

test('New tokens are in the record before another tab hears of them', async () => {
  const { world, tab, other } = await twoTabs();
  /** @type {unknown[]} */
  const heard = [];
  other.ear.hear = ({ record }) => void heard.push([record?.generation, world.storage.value.generation]);
  world.server.state.refusesUpTo = 1;
  assert.equal((await tab.get()).status, 200);
  assert.deepEqual(heard, [[2, 2]]);
});

test('A record that was evicted is written again by a tab that lives, and a new tab opens from it', async () => {
  const { world, tab } = await twoTabs();
  world.storage.value = null;
  const opened = world.tab();
  await until(() => opened.status() === 'signed-in');
  tab.device.wake();
  await until(() => world.storage.value?.kind === 'pair');
});

test('A record that was signed out is never written again', async () => {
  const { world, tab, other } = await twoTabs();
  other.ear.deaf = true;
  await tab.session.signOut();
  other.device.wake();
  await until(() => other.status() === 'signed-out');
  assert.equal(world.storage.value.kind, 'ended');
});

test('A pair that full storage refuses is used, shared, and written once there is room', async () => {
  const { world, tab, other } = await twoTabs();
  world.storage.full = true;
  await world.clock.pass(2 * HOUR);
  assert.equal((await drive(world, tab.get())).status, 200);
  assert.equal((await drive(world, other.get())).status, 200);
  assert.equal(world.storage.value.generation, 1);
  world.storage.full = false;
  await world.clock.pass(5_000);
  await until(() => world.storage.value.generation === 2);
  const reloaded = world.tab();
  await until(() => reloaded.status() === 'signed-in');
  assert.equal((await reloaded.get()).status, 200);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
});

test('The write is tried again for as long as it takes, and holds the newest pair', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.storage.full = true;
  for (let turn = 1; turn <= 3; turn += 1) {
    await world.clock.pass(2 * HOUR);
    assert.equal((await drive(world, tab.get())).status, 200);
    assert.equal(world.server.state.refreshes.length, turn);
  }
  world.storage.full = false;
  await world.clock.pass(5_000);
  await until(() => world.storage.value.generation === 4);
});

test('Storage that is blocked altogether leaves a session in memory', async () => {
  const world = createWorld();
  world.storage.blocked = true;
  const tab = world.tab();
  await flush();
  await world.clock.pass(200);
  assert.equal(tab.status(), 'signed-out');
  await drive(world, tab.session.signIn({}));
  assert.equal((await tab.get()).status, 200);
  await world.clock.pass(2 * HOUR);
  assert.equal((await drive(world, tab.get())).status, 200);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
});

test('A sign-out while storage is full ends every tab, and the tombstone is written later', async () => {
  const { world, tab, other } = await twoTabs();
  world.storage.full = true;
  void tab.session.signOut();
  await until(() => other.status() === 'signed-out');
  assert.equal(world.storage.value.kind, 'pair');
  world.storage.full = false;
  await world.clock.pass(5_000);
  await until(() => world.storage.value.kind === 'ended');
});

test('A tab opened during a refresh waits for the lock and adopts the new pair', async () => {
  const world = createWorld();
  await world.signedIn();
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  await until(() => world.server.state.refreshes.length === 1);
  const opened = world.tab();
  const reply = opened.get();
  await flush();
  held.open();
  assert.equal((await reply).status, 200);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
});
