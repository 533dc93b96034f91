/** When a session refreshes, and what it makes of a refresh that brings no tokens. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, flush, gate, HOUR, until } from './world.js';

/** @param {ReturnType<typeof createWorld>} world @param {number} times @param {number} ms */
async function passSteps(world, times, ms) {
  for (let step = 0; step < times; step += 1) await world.clock.pass(ms);
}

test('A token is renewed within the minute before it expires, with no request of the page', async () => {
  const world = createWorld();
  await world.signedIn();
  await world.clock.pass(HOUR - 120_000);
  assert.deepEqual(world.server.state.refreshes, []);
  await world.clock.pass(75_000);
  await until(() => world.storage.value.generation === 2);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
});

test('A refresh that fails before the expiry leaves the valid token in use', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.fates.push(...Array(20).fill('html'));
  await world.clock.pass(HOUR - 45_000);
  assert.equal(tab.status(), 'signed-in');
  assert.equal((await tab.get()).status, 200);
  assert.match(world.server.state.requests[0] ?? '', /^a\.1\./);
});

test('Whatever is no refusal keeps the session: it reconnects, tries again, and is back', async () => {
  for (const fate of /** @type {const} */ (['drop', 'html', { status: 403 }, { status: 429 }, { status: 503, retryAfter: '1' }, { status: 511 }])) {
    const world = createWorld();
    const tab = await world.signedIn();
    world.server.state.fates.push(fate, fate);
    await world.clock.pass(2 * HOUR);
    await until(() => tab.status() === 'reconnecting');
    await passSteps(world, 3, 1500);
    await until(() => tab.status() === 'signed-in');
    assert.deepEqual(world.server.state.refreshes, ['r.1', 'r.1', 'r.1'], JSON.stringify(fate));
  }
});

test('After a lost reply the same refresh token is presented again', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.fates.push('lose');
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'reconnecting');
  await world.clock.pass(400);
  await until(() => world.server.state.refreshes.length === 2);
  assert.deepEqual(world.server.state.refreshes, ['r.1', 'r.1']);
});

test('The wait that a server asks for is kept, also when the page asks again or comes online', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.fates.push({ status: 503, retryAfter: '60' });
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'reconnecting');
  await passSteps(world, 3, 10_000);
  const asked = tab.get().catch(() => {});
  tab.device.cameOnline();
  await flush();
  assert.equal(world.server.state.refreshes.length, 1);
  await passSteps(world, 1, 30_000);
  await until(() => world.server.state.refreshes.length === 2);
  await asked;
});

test('An offline tab sends nothing, and refreshes at once when it comes online', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  tab.device.online = false;
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'reconnecting');
  await world.clock.pass(5_000);
  assert.deepEqual(world.server.state.refreshes, []);
  tab.device.online = true;
  tab.device.cameOnline();
  await until(() => tab.status() === 'signed-in');
});

test('A request of the page cuts a long back-off short, but not more often than every two seconds', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  world.server.state.fates.push(...Array(9).fill('drop'));
  await world.clock.pass(2 * HOUR);
  await until(() => tab.status() === 'reconnecting');
  await passSteps(world, 8, 30_000);
  const before = world.server.state.refreshes.length;
  for (let click = 0; click < 10; click += 1) void tab.get().catch(() => {});
  await flush();
  assert.equal(world.server.state.refreshes.length, before);
  await world.clock.pass(2_000);
  void tab.get().catch(() => {});
  await until(() => world.server.state.refreshes.length === before + 1);
});

test('A client clock 70 minutes ahead causes no refresh, and the next expiry causes one', async () => {
  for (const sendsDate of [true, false]) {
    const world = createWorld({ skew: 70 * 60_000 });
    world.server.state.sendsDate = sendsDate;
    const tab = await world.signedIn();
    await passSteps(world, 20, 30_000);
    for (let poke = 0; poke < 5; poke += 1) assert.equal((await tab.get()).status, 200);
    assert.deepEqual(world.server.state.refreshes, []);
    await world.clock.pass(HOUR);
    await until(() => world.storage.value.generation === 2);
    assert.deepEqual(world.server.state.refreshes, ['r.1']);
  }
});

test('After six days of sleep one refresh brings the session back', async () => {
  const world = createWorld();
  const tab = await world.signedIn();
  await world.clock.pass(167 * HOUR);
  tab.device.wake();
  assert.equal((await tab.get()).status, 200);
  assert.deepEqual(world.server.state.refreshes, ['r.1']);
});

test('A tab opened with an expired token opens, refreshes, and never shows the sign-in form', async () => {
  const world = createWorld();
  (await world.signedIn()).session.close();
  const held = gate();
  world.server.state.fates.push(held.shut);
  await world.clock.pass(2 * HOUR);
  const tab = world.tab();
  /** @type {Set<string>} */
  const shown = new Set();
  tab.session.subscribe(({ status }) => void shown.add(status));
  await until(() => world.server.state.refreshes.length === 1);
  held.open();
  await until(() => tab.status() === 'signed-in');
  assert.deepEqual([...shown], ['opening', 'signed-in']);
});

test('A watcher that throws does not stop the session', async () => {
  const world = createWorld();
  const tab = world.tab();
  tab.session.subscribe(({ status }) => {
    if (status === 'signed-in') throw new Error('a mistake of the page');
  });
  await tab.session.signIn({});
  assert.equal(tab.status(), 'signed-in');
  await assert.rejects(world.clock.pass(0), /a mistake of the page/);
});
